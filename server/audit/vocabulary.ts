import type { Action } from '../policy/actions.ts';
import type { EVENT_CLASSES } from './audit.contract.ts';

export type EventClass = (typeof EVENT_CLASSES)[number];

/** Kinds of deeds, as an auditor asks for them; every event belongs to exactly one. */
export const CLASS_WORDS = {
  read: { vi: 'Đọc', en: 'Reading' },
  list: { vi: 'Xem danh sách', en: 'Listing' },
  search: { vi: 'Tra cứu', en: 'Searching' },
  export: { vi: 'Xuất dữ liệu', en: 'Exporting' },
  create: { vi: 'Lập mới', en: 'Creating' },
  change: { vi: 'Thay đổi', en: 'Changing' },
  delete: { vi: 'Xoá', en: 'Deleting' },
  sign_in: { vi: 'Đăng nhập và phiên làm việc', en: 'Signing in and sessions' },
  key: { vi: 'Khoá mã hoá', en: 'Keys' },
  policy: { vi: 'Quy tắc truy cập', en: 'Access rules' },
  directory: { vi: 'Danh bạ và danh mục', en: 'Directory' },
  safeguard: { vi: 'Biện pháp bảo vệ', en: 'Safeguards' },
  audit: { vi: 'Kiểm tra nhật ký', en: 'Auditing' },
  system: { vi: 'Hệ thống', en: 'System' },
} as const satisfies Record<EventClass, { vi: string; en: string }>;

/** `isOnCases`: the deed shows or touches cases, which its event names. `isRoutine`: by the clock, left out unless asked for. */
type Entry = { class: EventClass; isOnCases?: true; isRoutine?: true };

/**
 * Every action that an event can carry, `domain.action`, with its class. The log takes no other one, and a test
 * keeps the list equal to what the system does: a new deed has to be put somewhere by a person.
 */
export const VOCABULARY = {
  'session.open': { class: 'sign_in' },
  'session.end': { class: 'sign_in' },
  'session.lock': { class: 'sign_in' },
  'session.unlock': { class: 'sign_in' },
  'session.view': { class: 'sign_in' },
  'session.issue_token': { class: 'sign_in' },
  'case.register': { class: 'create', isOnCases: true },
  'case.list': { class: 'list', isOnCases: true },
  'case.open': { class: 'read', isOnCases: true },
  'case.change': { class: 'change', isOnCases: true },
  'case.search': { class: 'search', isOnCases: true },
  'case.view_accesses': { class: 'read', isOnCases: true },
  'case.restrict': { class: 'safeguard', isOnCases: true },
  'case.lift_restriction': { class: 'safeguard', isOnCases: true },
  'case.erase_ask': { class: 'delete', isOnCases: true },
  'case.erase': { class: 'delete', isOnCases: true },
  'guardian.agree': { class: 'safeguard', isOnCases: true },
  'guardian.open': { class: 'safeguard', isOnCases: true },
  'draft.save': { class: 'change' },
  'draft.open': { class: 'read' },
  'draft.list': { class: 'list' },
  'draft.discard': { class: 'delete' },
  'consent.record': { class: 'create', isOnCases: true },
  'consent.list': { class: 'list', isOnCases: true },
  'consent.withdraw': { class: 'change', isOnCases: true },
  'referral.options': { class: 'read', isOnCases: true },
  'referral.draft': { class: 'create', isOnCases: true },
  'referral.change': { class: 'change', isOnCases: true },
  'referral.discard': { class: 'delete', isOnCases: true },
  'referral.dispatch': { class: 'export', isOnCases: true },
  'referral.list': { class: 'list', isOnCases: true },
  'referral.open': { class: 'read', isOnCases: true },
  'referral.receive': { class: 'change', isOnCases: true },
  'referral.accept': { class: 'change', isOnCases: true },
  'referral.decline': { class: 'change', isOnCases: true },
  'referral.assign': { class: 'change', isOnCases: true },
  'referral.start': { class: 'change', isOnCases: true },
  'referral.complete': { class: 'change', isOnCases: true },
  'referral.expire': { class: 'change', isOnCases: true },
  'referral.recall': { class: 'change', isOnCases: true },
  'break_glass.open': { class: 'safeguard', isOnCases: true },
  'break_glass.list': { class: 'list', isOnCases: true },
  'break_glass.review': { class: 'safeguard', isOnCases: true },
  'break_glass.end': { class: 'safeguard', isOnCases: true },
  'conflict.list': { class: 'list', isOnCases: true },
  'conflict.answer': { class: 'safeguard', isOnCases: true },
  'staff.identify': { class: 'directory' },
  'directory.read': { class: 'directory' },
  'directory.staff': { class: 'directory' },
  'directory.colleagues': { class: 'directory' },
  'directory.load': { class: 'directory' },
  'directory.import_areas': { class: 'directory' },
  'directory.set_up': { class: 'directory' },
  'keys.rotate': { class: 'key' },
  'keys.reencrypt': { class: 'key' },
  'keys.guardian': { class: 'key' },
  'keys.cover': { class: 'key', isOnCases: true },
  'keys.renew_ring': { class: 'key' },
  'reports.open_statistics': { class: 'export' },
  'keys.backup': { class: 'key' },
  'keys.restore': { class: 'key' },
  'policy.changed': { class: 'policy' },
  'retention.purge': { class: 'delete', isRoutine: true },
  'retention.dump_data': { class: 'export' },
  'retention.dump_keys': { class: 'key' },
  'retention.restore': { class: 'system' },
  'audit.search': { class: 'audit' },
  'audit.staff': { class: 'audit' },
  'audit.checkpoint': { class: 'audit' },
  'audit.tile': { class: 'audit' },
  'audit.proof': { class: 'audit' },
  'audit.seal': { class: 'audit' },
  'audit.heat': { class: 'audit' },
  'audit.outliers': { class: 'audit' },
  'finding.record': { class: 'audit' },
  'finding.list': { class: 'audit' },
  'finding.open': { class: 'audit' },
  'finding.ask': { class: 'audit' },
  'finding.close': { class: 'audit' },
  'explanation.list': { class: 'audit' },
  'explanation.answer': { class: 'audit' },
  'audit.heartbeat': { class: 'system', isRoutine: true },
  'audit.restart': { class: 'audit' },
  'audit.archive_ask': { class: 'audit' },
  'audit.archive': { class: 'audit' },
  'audit.export': { class: 'export' },
} as const satisfies Record<Action, Entry> & Record<string, Entry>;

export type EventAction = keyof typeof VOCABULARY;

/** Whether the log has a place for this action. */
export function isEventAction(action: string): action is EventAction {
  return Object.hasOwn(VOCABULARY, action);
}

export function entryOf(action: EventAction): Entry {
  return VOCABULARY[action];
}

const LOOKS: readonly EventClass[] = ['read', 'list', 'search', 'audit'];

/** Whether an event stands for something that was done, and not for a look or a refusal: what a case shows of its history. */
export function isDeed({ action, outcome }: { action: string; outcome: string }): boolean {
  return outcome === 'done' && isEventAction(action) && !LOOKS.includes(entryOf(action).class);
}

/** What goes by the clock, many times a day. */
export function routineActions(): EventAction[] {
  return Object.keys(VOCABULARY)
    .filter(isEventAction)
    .filter((action) => entryOf(action).isRoutine === true);
}

/** The actions of a class. */
export function actionsOf(wanted: EventClass): EventAction[] {
  return Object.keys(VOCABULARY)
    .filter(isEventAction)
    .filter((action) => entryOf(action).class === wanted);
}
