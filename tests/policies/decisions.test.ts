import { expect, it } from 'vitest';
import { ACTIONS } from '../../server/policy/actions.ts';
import { loadPolicies } from '../../server/policy/engine.ts';
import type { Principal, Resource } from '../../server/policy/facts.ts';

const engine = loadPolicies();
const ROLES = ['case_worker', 'duty_officer', 'supervisor', 'coordinator', 'auditor', 'agency_admin', 'operator'];
const PURPOSES = [
  'case_work',
  'referral_service',
  'supervision',
  'review',
  'emergency',
  'administration',
  'reporting',
  '',
];

function isAllowed(role: string | null, action: string, about: { resource: Resource; purpose: string }): boolean {
  const principal: Principal = role === null ? { type: 'Anonymous' } : { type: 'Staff', roles: [role] };
  return engine.decide({ principal, action, ...about }).isAllowed;
}

function aCase(changes: Partial<Extract<Resource, { type: 'Case' }>> = {}): Resource {
  return { type: 'Case', isOwnAgency: true, isMember: true, isBarred: false, stage: 'new', ...changes };
}
function aReferral(changes: Partial<Extract<Resource, { type: 'Referral' }>> = {}): Resource {
  return {
    type: 'Referral',
    isSender: false,
    isRecipient: false,
    isCaseMember: false,
    isAssigned: false,
    isBarred: false,
    state: 'sent',
    ...changes,
  };
}
function aBreakGlass(changes: Partial<Extract<Resource, { type: 'BreakGlass' }>> = {}): Resource {
  return { type: 'BreakGlass', isOwnAgency: true, isMine: false, isBarred: false, ...changes };
}
const OFFICE: Resource = { type: 'Office' };

/** Who may, for which purposes, in which situation: written from the design's prose, not from the policies. */
type Row = { what: string; actions: string[]; resource: Resource; may: Record<string, string[]> };
const work = ['case_work'];
const TABLE: Row[] = [
  {
    what: 'register and keep drafts',
    actions: ['case.register', 'draft.save', 'draft.open', 'draft.list', 'draft.discard'],
    resource: OFFICE,
    may: { case_worker: work, duty_officer: work },
  },
  {
    what: 'list and find cases',
    actions: ['case.list', 'case.search'],
    resource: OFFICE,
    may: {
      case_worker: ['case_work', 'supervision'],
      duty_officer: ['case_work', 'supervision'],
      supervisor: ['case_work', 'supervision'],
    },
  },
  {
    what: 'open a case as one of its team',
    actions: ['case.open', 'case.view_accesses'],
    resource: aCase(),
    may: {
      case_worker: ['case_work', 'supervision'],
      duty_officer: ['case_work', 'supervision'],
      supervisor: ['case_work', 'supervision'],
    },
  },
  {
    what: 'open a case of the own agency',
    actions: ['case.open', 'case.view_accesses'],
    resource: aCase({ isMember: false }),
    may: { supervisor: ['supervision'] },
  },
  {
    what: 'open a case of others',
    actions: ['case.open', 'case.view_accesses', 'case.change', 'consent.list'],
    resource: aCase({ isMember: false, isOwnAgency: false }),
    may: {},
  },
  {
    what: 'work on a case of the team',
    actions: ['case.change', 'referral.options', 'referral.draft', 'consent.record'],
    resource: aCase(),
    may: { case_worker: work, duty_officer: work },
  },
  {
    what: 'work on a case of the own agency',
    actions: ['case.change', 'referral.options', 'referral.draft', 'consent.record'],
    resource: aCase({ isMember: false }),
    may: {},
  },
  {
    what: 'answer a referral of others',
    actions: [
      'referral.receive',
      'referral.accept',
      'referral.decline',
      'referral.assign',
      'referral.start',
      'referral.complete',
      'referral.recall',
      'referral.open',
      'referral.dispatch',
    ],
    resource: aReferral(),
    may: {},
  },
  {
    what: 'answer at the recipient',
    actions: ['referral.receive', 'referral.accept', 'referral.decline', 'referral.assign', 'referral.open'],
    resource: aReferral({ isRecipient: true }),
    may: { duty_officer: ['referral_service'] },
  },
  {
    what: 'serve without being assigned',
    actions: ['referral.start', 'referral.complete'],
    resource: aReferral({ isRecipient: true, state: 'accepted' }),
    may: {},
  },
  {
    what: 'see a draft at the recipient',
    actions: ['referral.open', 'referral.receive', 'referral.accept'],
    resource: aReferral({ isRecipient: true, state: 'draft' }),
    may: {},
  },
  {
    what: 'send and recall as the team',
    actions: ['referral.change', 'referral.discard', 'referral.dispatch', 'referral.recall'],
    resource: aReferral({ isSender: true, isCaseMember: true }),
    may: { case_worker: work, duty_officer: work },
  },
  {
    what: 'send and recall as a colleague',
    actions: ['referral.change', 'referral.discard', 'referral.dispatch', 'referral.recall'],
    resource: aReferral({ isSender: true }),
    may: {},
  },
  {
    what: 'answer one’s own referral',
    actions: ['referral.accept', 'referral.decline', 'referral.start', 'referral.complete'],
    resource: aReferral({ isSender: true, isCaseMember: true }),
    may: {},
  },
  {
    what: 'search the log',
    actions: ['audit.search', 'audit.staff'],
    resource: { type: 'Log' },
    may: { auditor: ['review'] },
  },
  {
    what: 'read the directory',
    actions: ['directory.read'],
    resource: OFFICE,
    may: Object.fromEntries(ROLES.map((role) => [role, PURPOSES])),
  },
  {
    what: 'break glass on a case of the own agency, outside its team',
    actions: ['break_glass.open'],
    resource: aCase({ isMember: false }),
    may: { case_worker: ['emergency'], duty_officer: ['emergency'], supervisor: ['emergency'] },
  },
  { what: 'break glass as one of the team', actions: ['break_glass.open'], resource: aCase(), may: {} },
  {
    what: 'break glass on a case of others',
    actions: ['break_glass.open', 'conflict.list', 'conflict.answer'],
    resource: aCase({ isMember: false, isOwnAgency: false }),
    may: {},
  },
  {
    what: 'review the break-glass of a colleague',
    actions: ['break_glass.review'],
    resource: aBreakGlass(),
    may: { supervisor: PURPOSES },
  },
  {
    what: 'review one’s own break-glass',
    actions: ['break_glass.review'],
    resource: aBreakGlass({ isMine: true }),
    may: {},
  },
  {
    what: 'review the break-glass of another agency',
    actions: ['break_glass.review'],
    resource: aBreakGlass({ isOwnAgency: false }),
    may: {},
  },
  {
    what: 'see conflicts as one of the team',
    actions: ['conflict.list'],
    resource: aCase(),
    may: { case_worker: PURPOSES, duty_officer: PURPOSES, supervisor: PURPOSES },
  },
  {
    what: 'answer a doubt',
    actions: ['conflict.answer'],
    resource: aCase({ isMember: false }),
    may: { supervisor: PURPOSES },
  },
  {
    what: 'enter identifiers of staff',
    actions: ['staff.identify'],
    resource: OFFICE,
    may: { agency_admin: ['administration'] },
  },
  {
    what: 'see colleagues',
    actions: ['directory.colleagues'],
    resource: OFFICE,
    may: { duty_officer: PURPOSES, supervisor: PURPOSES },
  },
];

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
    { type: 'Consent', isOwnAgency: true, isMember: true, isBarred: true },
    aReferral({
      isBarred: true,
      isSender: true,
      isRecipient: true,
      isCaseMember: true,
      isAssigned: true,
      state: 'accepted',
    }),
  ];
  const purposes = ['case_work', 'referral_service', 'supervision', 'emergency'];
  const asked = barred.flatMap((resource) => purposes.map((purpose) => ({ resource, purpose })));
  for (const about of asked)
    for (const action of ACTIONS) for (const role of ROLES) expect(isAllowed(role, action, about)).toBe(false);
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
