import type { Seal } from '../../../server/audit/audit.contract.ts';

type Day = Seal['days'][number];
export type DayState = 'sealed' | 'waiting' | 'empty' | 'broken';

/** How one day of the log stands. Broken outweighs everything else. */
export function stateOfDay({ events, sealed, broken }: Omit<Day, 'checkedAt'>): DayState {
  if (broken > 0) return 'broken';
  if (events === 0 && sealed === 0) return 'empty';
  return sealed < events ? 'waiting' : 'sealed';
}

export type SealState = 'none' | 'broken' | 'whole';

/** The log in one word. Without a checkpoint nothing has been sealed, and nothing can be said. */
export function stateOfSeal({ checkpoint, days }: Pick<Seal, 'checkpoint' | 'days'>): SealState {
  if (days.some((day) => day.broken > 0)) return 'broken';
  return checkpoint === null ? 'none' : 'whole';
}

/** Since when every day has been checked at least once; null where there was nothing to check. */
export function checkedSince(days: Seal['days']): string | null {
  const times = days.flatMap(({ checkedAt }) => (checkedAt === null ? [] : [checkedAt]));
  return times.toSorted()[0] ?? null;
}
