import type { ArchivedMonth } from './export.store.ts';

/** First and last index of leaves without a gap whose events are archived. */
export type Absent = [first: number, last: number];

export function isArchivedAt(months: readonly ArchivedMonth[], at: Date): boolean {
  return months.some(({ begins, ends }) => at >= begins && at < ends);
}

/** Indexes in their order, put together. */
export function absentSpans(indexes: readonly number[]): Absent[] {
  const spans: Absent[] = [];
  for (const index of indexes) {
    const last = spans.at(-1);
    if (last !== undefined && last[1] === index - 1) last[1] = index;
    else spans.push([index, index]);
  }
  return spans;
}
