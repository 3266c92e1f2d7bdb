import type { Resource } from '../../server/policy/facts.ts';

export const ROLES = [
  'case_worker',
  'duty_officer',
  'supervisor',
  'coordinator',
  'auditor',
  'agency_admin',
  'operator',
];
export const PURPOSES = [
  'case_work',
  'referral_service',
  'supervision',
  'oversight',
  'review',
  'emergency',
  'administration',
  'reporting',
  '',
];

export function aCase(changes: Partial<Extract<Resource, { type: 'Case' }>> = {}): Resource {
  return {
    type: 'Case',
    isOwnAgency: true,
    isMember: true,
    isLead: false,
    isRestricted: false,
    isBarred: false,
    stage: 'new',
    ...changes,
  };
}
export function aReferral(changes: Partial<Extract<Resource, { type: 'Referral' }>> = {}): Resource {
  return {
    type: 'Referral',
    isSender: false,
    isRecipient: false,
    isCaseMember: false,
    isAssigned: false,
    isRestricted: false,
    isBarred: false,
    state: 'sent',
    ...changes,
  };
}
export function aBreakGlass(changes: Partial<Extract<Resource, { type: 'BreakGlass' }>> = {}): Resource {
  return { type: 'BreakGlass', isOwnAgency: true, isMine: false, isBarred: false, ...changes };
}
export const OFFICE: Resource = { type: 'Office' };

/** Who may, for which purposes, in which situation: written from the design's prose, not from the policies. */
type Row = { what: string; actions: string[]; resource: Resource; may: Record<string, string[]> };
const work = ['case_work'];
export const TABLE: Row[] = [
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
      case_worker: ['case_work', 'supervision', 'oversight'],
      duty_officer: ['case_work', 'supervision', 'oversight'],
      supervisor: ['case_work', 'supervision', 'oversight'],
    },
  },
  {
    what: 'agree that the guardian’s key opens a case of the own agency, though it is restricted',
    actions: ['guardian.agree'],
    resource: aCase({ isMember: false, isRestricted: true }),
    may: { supervisor: ['administration'], agency_admin: ['administration'] },
  },
  {
    what: 'agree to that for a case of another agency',
    actions: ['guardian.agree'],
    resource: aCase({ isMember: false, isOwnAgency: false }),
    may: {},
  },
  {
    what: 'use the guardian’s unlock',
    actions: ['guardian.open'],
    resource: aCase({ isMember: false, isOwnAgency: false, isRestricted: true }),
    may: { operator: ['administration'] },
  },
  {
    what: 'open a case as one of its team',
    actions: ['case.open', 'case.view_accesses'],
    resource: aCase(),
    may: {
      case_worker: ['case_work', 'supervision'],
      duty_officer: ['case_work', 'supervision'],
      supervisor: ['case_work', 'supervision', 'oversight'],
    },
  },
  {
    what: 'open a case of the own agency',
    actions: ['case.open', 'case.view_accesses'],
    resource: aCase({ isMember: false }),
    may: { supervisor: ['supervision', 'oversight'] },
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
    actions: ['audit.search', 'audit.staff', 'audit.checkpoint', 'audit.tile', 'audit.proof', 'audit.seal'],
    resource: { type: 'Log' },
    may: { auditor: ['review'] },
  },
  {
    what: 'see what is unusual in the log, and record findings',
    actions: ['audit.heat', 'audit.outliers', 'finding.record', 'finding.list'],
    resource: { type: 'Log' },
    may: { auditor: ['review'] },
  },
  {
    what: 'follow up a finding of the own agency',
    actions: ['finding.open', 'finding.ask', 'finding.close'],
    resource: { type: 'Finding', isOwnAgency: true, isAboutMe: false, state: 'open' },
    may: { auditor: ['review'] },
  },
  {
    what: 'follow up a finding about oneself',
    actions: ['finding.open', 'finding.ask', 'finding.close'],
    resource: { type: 'Finding', isOwnAgency: true, isAboutMe: true, state: 'open' },
    may: {},
  },
  {
    what: 'follow up a finding of another agency',
    actions: ['finding.open', 'finding.ask', 'finding.close'],
    resource: { type: 'Finding', isOwnAgency: false, isAboutMe: false, state: 'open' },
    may: {},
  },
  {
    what: 'answer what one is asked',
    actions: ['explanation.answer'],
    resource: { type: 'Explanation', isMine: true },
    may: Object.fromEntries(ROLES.map((role) => [role, PURPOSES])),
  },
  {
    what: 'answer what somebody else is asked',
    actions: ['explanation.answer'],
    resource: { type: 'Explanation', isMine: false },
    may: {},
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
    what: 'end one’s own break-glass early',
    actions: ['break_glass.end'],
    resource: aBreakGlass({ isMine: true }),
    may: { case_worker: PURPOSES, duty_officer: PURPOSES, supervisor: PURPOSES },
  },
  {
    what: 'end the break-glass of a colleague early',
    actions: ['break_glass.end'],
    resource: aBreakGlass(),
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
