import type { Words } from '../../locales/vi.ts';

/** Every deed the log can speak of; a test keeps the list equal to the server's. */
export const actions = [
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
  'conflict.list',
  'conflict.answer',
  'staff.identify',
  'directory.read',
  'directory.staff',
  'directory.colleagues',
  'audit.search',
  'audit.staff',
  'case.erase_ask',
  'case.erase',
  'guardian.agree',
  'guardian.open',
] as const;

export type ActionName = (typeof actions)[number];
type KeyOf<Name> = Name extends `${infer Domain}.${infer Deed}` ? `${Domain}_${Deed}` : never;
export type DeedKey = KeyOf<ActionName> | 'other';

// A deed without a sentence does not compile.
type Sentences = Words['audit']['done'];
const keys: Readonly<Record<ActionName, DeedKey & keyof Sentences>> = Object.fromEntries(
  actions.map((action) => [action, action.replace('.', '_')]),
) as Record<ActionName, DeedKey>;

/** The key of a deed's sentence; an action of a newer server gets words that say so. */
export function deedKey(action: string): DeedKey {
  const known = actions.find((each) => each === action);
  return known === undefined ? 'other' : keys[known];
}
