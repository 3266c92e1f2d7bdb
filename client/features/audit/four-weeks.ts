import { dayIn } from '../../ui/dates.ts';

const dayMs = 86_400_000;

/** Four whole weeks up to the end of today in Viet Nam; `first` and `last` are calendar days, the instants bound them. */
export type FourWeeks = { first: string; last: string; from: string; to: string };

export function fourWeeks(nowMs: number): FourWeeks {
  const last = dayIn(nowMs);
  const first = dayIn(nowMs - 27 * dayMs);
  const startOf = (day: string): number => Date.parse(`${day}T00:00:00+07:00`);
  return {
    first,
    last,
    from: new Date(startOf(first)).toISOString(),
    to: new Date(startOf(last) + dayMs).toISOString(),
  };
}
