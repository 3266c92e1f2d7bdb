import type { CaseLine } from '../../../server/cases/cases.contract.ts';
import { dueFrom, isOverdue } from '../../ui/due.ts';

export type WorkGroupName = 'overdue' | 'today' | 'waiting' | 'later' | 'closed';
export type WorkGroup = { name: WorkGroupName; lines: CaseLine[] };

const order: readonly WorkGroupName[] = ['overdue', 'today', 'waiting', 'later', 'closed'];

/** What is late first, then today's, what others owe us, and the rest; within a group the soonest due on top. */
export function groupsOf(lines: readonly CaseLine[], nowMs: number): WorkGroup[] {
  return order
    .map((name) => ({
      name,
      lines: lines.filter((line) => groupOf(line, nowMs) === name).toSorted(bySoonest),
    }))
    .filter((group) => group.lines.length > 0);
}

function groupOf({ nextStep, dueAt }: CaseLine, nowMs: number): WorkGroupName {
  if (nextStep === 'closed') return 'closed';
  const due = dueAt === null ? undefined : dueFrom(dueAt, nowMs);
  if (due && isOverdue(due)) return 'overdue';
  if (nextStep === 'await_answer') return 'waiting';
  return due && !beyondToday.has(due.kind) ? 'today' : 'later';
}

const beyondToday: ReadonlySet<string> = new Set(['tomorrow', 'days']);

function bySoonest(a: CaseLine, b: CaseLine): number {
  return (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9') || a.priority - b.priority;
}
