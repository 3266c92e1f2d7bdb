import { expect, it } from 'vitest';
import { ACTIONS, COMMAND_ACTIONS } from '../../server/policy/actions.ts';
import { loadPolicies } from '../../server/policy/engine.ts';
import type { Principal, Resource } from '../../server/policy/facts.ts';
import { aBreakGlass, aCase, aReferral, OFFICE, PURPOSES, ROLES, TABLE } from './prose.ts';

const engine = loadPolicies();

function isAllowed(role: string | null, action: string, about: { resource: Resource; purpose: string }): boolean {
  const principal: Principal = role === null ? { type: 'Anonymous' } : { type: 'Staff', roles: [role] };
  return engine.decide({ principal, action, ...about }).isAllowed;
}

it.each(TABLE)('$what: exactly who should', ({ actions, resource, may }) => {
  for (const action of actions)
    for (const role of ROLES)
      for (const purpose of PURPOSES)
        expect(isAllowed(role, action, { resource, purpose }), `${role} ${action} for "${purpose}"`).toBe(
          may[role]?.includes(purpose) === true,
        );
});

it('who is assigned serves, whatever the role, and only for the service', () => {
  const resource = aReferral({ isRecipient: true, isAssigned: true, state: 'accepted' });
  for (const action of ['referral.open', 'referral.start', 'referral.complete'])
    for (const purpose of PURPOSES)
      expect(isAllowed('case_worker', action, { resource, purpose })).toBe(purpose === 'referral_service');
});

it('withdrawal always succeeds for the team and the own supervisor, and for nobody else', () => {
  const consent = (isMember: boolean, isOwnAgency: boolean): Resource => ({
    type: 'Consent',
    isMember,
    isOwnAgency,
    isRestricted: false,
    isBarred: false,
  });
  for (const purpose of PURPOSES) {
    for (const role of ROLES)
      expect(isAllowed(role, 'consent.withdraw', { resource: consent(true, true), purpose })).toBe(true);
    for (const role of ROLES)
      expect(isAllowed(role, 'consent.withdraw', { resource: consent(false, true), purpose })).toBe(
        role === 'supervisor',
      );
    for (const role of ROLES)
      expect(isAllowed(role, 'consent.withdraw', { resource: consent(false, false), purpose })).toBe(false);
  }
});

it('a conflict of interest beats every role, relation, purpose and action', () => {
  const barred: Resource[] = [
    aCase({ isBarred: true }),
    aCase({ isBarred: true, isMember: false }),
    aBreakGlass({ isBarred: true }),
    { type: 'Consent', isOwnAgency: true, isMember: true, isRestricted: false, isBarred: true },
    aReferral({
      isBarred: true,
      isSender: true,
      isRecipient: true,
      isCaseMember: true,
      isAssigned: true,
      state: 'accepted',
    }),
  ];
  const purposes = ['case_work', 'referral_service', 'supervision', 'emergency', 'administration'];
  const asked = barred.flatMap((resource) => purposes.map((purpose) => ({ resource, purpose })));
  for (const about of asked)
    for (const action of [...ACTIONS, ...COMMAND_ACTIONS])
      for (const role of ROLES) expect(isAllowed(role, action, about)).toBe(false);
});

it('nobody in particular may try to sign in, unlock and leave, and nothing else', () => {
  const open = ACTIONS.filter((action) =>
    [OFFICE, aCase(), { type: 'Log' } as const].some((resource) => isAllowed(null, action, { resource, purpose: '' })),
  );
  expect(open.toSorted()).toEqual(['session.end', 'session.open', 'session.unlock']);
});

it('without a role nobody does anything with cases, consents, referrals or the log', () => {
  const principal: Principal = { type: 'Staff', roles: [] };
  for (const action of ACTIONS.filter((each) => /^(case|draft|referral|audit)\./.test(each)))
    for (const purpose of PURPOSES)
      for (const resource of [
        OFFICE,
        aCase(),
        { type: 'Log' } as const,
        aReferral({ isSender: true, isRecipient: true, isCaseMember: true }),
      ])
        expect(engine.decide({ principal, action, resource, purpose }).isAllowed, action).toBe(false);
});

it('an action or a resource that no policy knows is refused, and the answer says that the engine doubts', () => {
  const unknown = engine.decide({
    principal: { type: 'Staff', roles: ['operator'] },
    action: 'case.burn',
    resource: aCase(),
    purpose: 'case_work',
  });
  expect(unknown).toEqual({ isAllowed: false, policies: ['engine.failure'] });
});

it('a policy that is broken, unnamed or named twice stops the start', () => {
  const sound = `@id("x.y")\n@vi("a")\n@en("b")\npermit (principal is Staff, action == Action::"audit.search", resource is Log);`;
  for (const text of [
    'permit (',
    sound.replace('@id("x.y")\n', ''),
    sound.replace('@vi("a")\n', ''),
    sound.replace('audit.search', 'audit.burn'),
    `${sound}\n${sound}`,
  ])
    expect(() => loadPolicies({ 'audit.cedar': text })).toThrow(/^policies\//);
  expect(() => loadPolicies({ 'audit.cedar': sound })).not.toThrow();
});
