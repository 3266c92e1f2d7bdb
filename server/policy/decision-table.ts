import { ACTIONS, COMMAND_ACTIONS } from './actions.ts';
import type { PolicyEngine } from './engine.ts';
import type { Question, Resource } from './facts.ts';
import { purposeFor } from './purposes.rules.ts';

const ROLES = [
  'case_worker',
  'duty_officer',
  'supervisor',
  'coordinator',
  'auditor',
  'agency_admin',
  'operator',
] as const;

type Situation = { name: string; resource: Resource };

const CASE = {
  type: 'Case',
  isOwnAgency: false,
  isMember: false,
  isLead: false,
  isRestricted: false,
  isBarred: false,
  stage: 'new',
} as const;
const CONSENT = {
  type: 'Consent',
  isOwnAgency: false,
  isMember: false,
  isRestricted: false,
  isBarred: false,
} as const;
const BREAK_GLASS = { type: 'BreakGlass', isOwnAgency: false, isMine: false, isBarred: false } as const;
const FINDING = { type: 'Finding', isOwnAgency: false, isAboutMe: false, state: 'open' } as const;
const REFERRAL = {
  type: 'Referral',
  isSender: false,
  isRecipient: false,
  isCaseMember: false,
  isAssigned: false,
  isRestricted: false,
  isBarred: false,
  state: 'sent',
} as const;

/** The situations a lawyer asks about; each is a set of relations, as policies see them. */
const SITUATIONS: Readonly<Record<Resource['type'], readonly Situation[]>> = {
  Office: [{ name: 'own desk', resource: { type: 'Office' } }],
  Log: [{ name: 'log', resource: { type: 'Log' } }],
  Case: [
    { name: 'team member', resource: { ...CASE, isOwnAgency: true, isMember: true } },
    { name: 'own agency, not in the team', resource: { ...CASE, isOwnAgency: true } },
    { name: 'other agency', resource: CASE },
    { name: 'lead of the team', resource: { ...CASE, isOwnAgency: true, isMember: true, isLead: true } },
    {
      name: 'named in a restricted case',
      resource: { ...CASE, isOwnAgency: true, isMember: true, isRestricted: true },
    },
    {
      name: 'own agency, not named in a restricted case',
      resource: { ...CASE, isOwnAgency: true, isRestricted: true },
    },
    {
      name: 'team member with a conflict of interest',
      resource: { ...CASE, isOwnAgency: true, isMember: true, isBarred: true },
    },
    {
      name: 'own agency, not in the team, with a conflict of interest',
      resource: { ...CASE, isOwnAgency: true, isBarred: true },
    },
  ],
  Consent: [
    { name: 'team member', resource: { ...CONSENT, isOwnAgency: true, isMember: true } },
    { name: 'own agency, not in the team', resource: { ...CONSENT, isOwnAgency: true } },
    { name: 'other agency', resource: CONSENT },
    {
      name: 'own agency, not named in a restricted case',
      resource: { ...CONSENT, isOwnAgency: true, isRestricted: true },
    },
    {
      name: 'team member with a conflict of interest',
      resource: { ...CONSENT, isOwnAgency: true, isMember: true, isBarred: true },
    },
  ],
  BreakGlass: [
    { name: 'own agency, use of somebody else', resource: { ...BREAK_GLASS, isOwnAgency: true } },
    { name: 'own agency, own use', resource: { ...BREAK_GLASS, isOwnAgency: true, isMine: true } },
    { name: 'other agency', resource: BREAK_GLASS },
    { name: 'own agency, conflict of interest', resource: { ...BREAK_GLASS, isOwnAgency: true, isBarred: true } },
  ],
  Finding: [
    { name: 'own agency, about somebody else', resource: { ...FINDING, isOwnAgency: true } },
    { name: 'own agency, about oneself', resource: { ...FINDING, isOwnAgency: true, isAboutMe: true } },
    { name: 'other agency', resource: FINDING },
  ],
  Explanation: [
    { name: 'asked of oneself', resource: { type: 'Explanation', isMine: true } },
    { name: 'asked of somebody else', resource: { type: 'Explanation', isMine: false } },
  ],
  Referral: ['draft', 'sent', 'accepted', 'completed'].flatMap((state) => [
    { name: `sender, team member, ${state}`, resource: { ...REFERRAL, isSender: true, isCaseMember: true, state } },
    { name: `sender, not in the team, ${state}`, resource: { ...REFERRAL, isSender: true, state } },
    { name: `recipient, not assigned, ${state}`, resource: { ...REFERRAL, isRecipient: true, state } },
    { name: `recipient, assigned, ${state}`, resource: { ...REFERRAL, isRecipient: true, isAssigned: true, state } },
    {
      name: `sender, not named in a restricted case, ${state}`,
      resource: { ...REFERRAL, isSender: true, isRestricted: true, state },
    },
    { name: `third agency, ${state}`, resource: { ...REFERRAL, state } },
    {
      name: `recipient with a conflict of interest, ${state}`,
      resource: { ...REFERRAL, isRecipient: true, isAssigned: true, isBarred: true, state },
    },
  ]),
};

/** Kind of object each action is about, by its first word and a few exceptions. */
function objectOf(action: string): Resource['type'] {
  if (CASE_ACTIONS.has(action)) return 'Case';
  const known = OBJECTS.get(action);
  if (known !== undefined) return known;
  if (action.startsWith('referral.')) return 'Referral';
  return action.startsWith('audit.') ? 'Log' : 'Office';
}

const OBJECTS = new Map<string, Resource['type']>([
  ['consent.withdraw', 'Consent'],
  ['break_glass.review', 'BreakGlass'],
  ['break_glass.end', 'BreakGlass'],
  ['referral.list', 'Office'],
  ['finding.record', 'Log'],
  ['finding.list', 'Log'],
  ['finding.open', 'Finding'],
  ['finding.ask', 'Finding'],
  ['finding.close', 'Finding'],
  ['explanation.answer', 'Explanation'],
]);

const CASE_ACTIONS = new Set([
  'case.open',
  'case.change',
  'case.view_accesses',
  'case.erase_ask',
  'case.erase',
  'guardian.agree',
  'guardian.open',
  'case.restrict',
  'case.lift_restriction',
  'consent.record',
  'consent.list',
  'referral.options',
  'referral.draft',
  'break_glass.open',
  'conflict.list',
  'conflict.answer',
]);
const UNBOUND = new Set(['session.open', 'session.unlock', 'session.end']);

/** Every role × action × situation with the usual purpose, as CSV: what the policies decide today. */
export function decisionTable(engine: PolicyEngine): string {
  const lines = [...ACTIONS, ...COMMAND_ACTIONS].flatMap((action) =>
    SITUATIONS[objectOf(action)].flatMap((situation) => rowsFor(engine, action, situation)),
  );
  return `${['action,situation,role,purpose,decision,policies', ...lines].join('\n')}\n`;
}

function rowsFor(engine: PolicyEngine, action: string, { name, resource }: Situation): string[] {
  if (UNBOUND.has(action))
    return [
      row(engine, { principal: { type: 'Anonymous' }, action, resource, purpose: '' }, { name, role: 'anybody' }),
    ];
  const isMember = !('isMember' in resource) || resource.isMember;
  return ROLES.map((role) =>
    row(
      engine,
      { principal: { type: 'Staff', roles: [role] }, action, resource, purpose: purposeFor(action, [role], isMember) },
      { name, role },
    ),
  );
}

function row(engine: PolicyEngine, question: Question, about: { name: string; role: string }): string {
  const { isAllowed, policies } = engine.decide(question);
  return [
    question.action,
    `"${about.name}"`,
    about.role,
    question.purpose,
    isAllowed ? 'allow' : 'deny',
    policies.join(' '),
  ].join(',');
}
