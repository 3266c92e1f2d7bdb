import { DAY_MS } from '../kernel/clock.ts';
import { invalid } from '../kernel/errors.ts';

export type Stretch = { from: Date; to: Date };

/** A year and a day: what is counted at one time. */
const LONGEST_MS = 367 * DAY_MS;

/** A stretch of time to count over, from RFC 3339 texts. @throws AppError VALIDATION_FAILED where it is empty or too long */
export function stretchOf(query: { from: string; to: string }): Stretch {
  const from = new Date(query.from);
  const to = new Date(query.to);
  const lengthMs = to.getTime() - from.getTime();
  if (lengthMs <= 0 || lengthMs > LONGEST_MS) throw invalid({ path: 'to', code: 'INVALID' });
  return { from, to };
}
