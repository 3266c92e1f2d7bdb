/** Every action of the system: `domain.action`. A route names one; Cedar decides it; the log records it. */
export const ACTIONS = [
  'session.open',
  'session.end',
  'session.lock',
  'session.unlock',
  'session.view',
  'session.issue_token',
  'case.register',
  'case.list',
  'case.open',
  'case.change',
  'case.search',
  'case.view_accesses',
  'case.restrict',
  'case.lift_restriction',
  'draft.save',
  'draft.open',
  'draft.list',
  'draft.discard',
  'consent.record',
  'consent.list',
  'consent.withdraw',
  'referral.options',
  'referral.draft',
  'referral.change',
  'referral.discard',
  'referral.dispatch',
  'referral.list',
  'referral.open',
  'referral.receive',
  'referral.accept',
  'referral.decline',
  'referral.assign',
  'referral.start',
  'referral.complete',
  'referral.recall',
  'break_glass.open',
  'break_glass.list',
  'break_glass.review',
  'break_glass.end',
  'conflict.list',
  'conflict.answer',
  'staff.identify',
  'directory.read',
  'directory.staff',
  'directory.colleagues',
  'audit.search',
  'audit.staff',
] as const;

/** Actions without a route: a command asks for them, and Cedar decides them all the same. */
export const COMMAND_ACTIONS = ['case.erase_ask', 'case.erase'] as const;

/** Deeds that no person asks for through the system, so that nothing decides them: its own jobs, and commands on the server. */
export const SYSTEM_ACTIONS = [
  'referral.expire',
  'retention.purge',
  'retention.dump_data',
  'retention.dump_keys',
  'retention.restore',
  'keys.rotate',
  'keys.reencrypt',
] as const;

export type SystemAction = (typeof SYSTEM_ACTIONS)[number];
export type Action = (typeof ACTIONS)[number] | (typeof COMMAND_ACTIONS)[number];
