/** Everything happens in Viet Nam, wherever the computer thinks it is. */
const timeZone = 'Asia/Ho_Chi_Minh';

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone,
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** ISO 8601 text, milliseconds since 1970, or a Date. */
export type When = string | number | Date;

/** `27/03/2026`, in both languages. */
export function formatDate(when: When): string {
  const { day, month, year } = partsOf(when);
  return `${day}/${month}/${year}`;
}

/** `27/03/2026 14:05`, 24 hours, in both languages. */
export function formatDateTime(when: When): string {
  const { hour, minute } = partsOf(when);
  return `${formatDate(when)} ${hour}:${minute}`;
}

/** The calendar day in Viet Nam as `2026-03-27`, for limits of `readDate` and for comparing days. */
export function dayIn(when: When): string {
  const { day, month, year } = partsOf(when);
  return `${year}-${month}-${day}`;
}

type Parts = Record<'day' | 'month' | 'year' | 'hour' | 'minute', string>;

function partsOf(when: When): Parts {
  const found: Parts = { day: '', month: '', year: '', hour: '', minute: '' };
  for (const { type, value } of parts.formatToParts(new Date(when))) {
    if (type in found) found[type as keyof Parts] = value;
  }
  return found;
}
