import { DAY_MS } from '../kernel/clock.ts';

const DAY = /^\d{4}-\d\d-\d\d$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/;

/** What somebody typed as a Vietnamese day (its beginning) or as an instant; null where nothing was said, undefined for nonsense. */
export function momentOf(text: string | null): Date | null | undefined {
  if (text === null) return null;
  if (!DAY.test(text) && !INSTANT.test(text)) return undefined;
  const date = new Date(DAY.test(text) ? `${text}T00:00:00+07:00` : text);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** The same as an end that is not included: of a day the beginning of the next one. */
export function endOf(text: string | null): Date | null | undefined {
  const moment = momentOf(text);
  return moment instanceof Date && DAY.test(text ?? '') ? new Date(moment.getTime() + DAY_MS) : moment;
}
