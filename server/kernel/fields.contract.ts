import * as z from 'zod';

/** Text typed by a person: NFC, trimmed, no control characters and no halves of letters; `max` counts UTF-16 units. */
export function text(max: number) {
  return z
    .string()
    .max(max)
    .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ud800-\udfff]*$/u, { error: 'INVALID' })
    .overwrite((value) => value.normalize('NFC').trim());
}

/** Text that must say something. */
export function filledText(max: number) {
  return text(max).min(1, { error: 'REQUIRED' });
}

export const id = z.uuid({ error: 'INVALID' }).overwrite((value) => value.toLowerCase());

/** A code of no list, such as the name of an action. */
export const code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.]{0,39}$/, { error: 'INVALID' });

/** A code of a versioned list (`*service`, `*purpose`, `*area`, `*field` name the directory's own tables); valid today or refused. */
export function codeOf(list: string) {
  return z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_.]{0,39}$/, { error: 'INVALID' })
    .meta({ codeList: list });
}

export function codesOf(list: string) {
  return z.array(codeOf(list)).max(40);
}

export const yesNoUnknown = z.enum(['YES', 'NO', 'UNKNOWN']);

function existsOnCalendar(value: string): boolean {
  const [year = 0, month = 1, day = 1] = value.split('-').map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1900 && year <= 2200 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** A calendar day `YYYY-MM-DD` that exists. */
export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'NOT_A_DATE', abort: true })
  .refine(existsOnCalendar, { error: 'NOT_A_DATE' });

/** A day as well as it is known: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
export const partialDay = z
  .string()
  .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, { error: 'NOT_A_DATE', abort: true })
  .refine(existsOnCalendar, { error: 'NOT_A_DATE' });

/** Wall-clock time `HH:mm`, 24 hours, Asia/Ho_Chi_Minh. */
export const timeOfClock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'INVALID' });

/** An instant, RFC 3339 with offset. */
export const instant = z.iso.datetime({ offset: true, error: 'NOT_A_DATE' });

export const bilingual = { nameVi: z.string(), nameEn: z.string() };

/** An agency as other people see it. */
export const agencyName = z.strictObject({ id: z.string(), ...bilingual });

export const nothing = z.strictObject({});
