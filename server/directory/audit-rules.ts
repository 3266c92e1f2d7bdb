import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { durationMs } from '../kernel/duration.ts';
import { timeOfClock } from '../kernel/fields.contract.ts';

const duration = z.string().transform((text, context) => {
  const ms = durationMs(text);
  if (ms === null || ms <= 0) context.addIssue({ code: 'custom', message: 'not a duration' });
  return ms ?? 0;
});

const rule = z.strictObject({
  code: z.string().regex(/^[a-z_]{1,40}$/),
  nameVi: z.string(),
  nameEn: z.string(),
  severity: z.enum(['high', 'medium', 'low']),
  /** What is counted: events, the different cases they are about, or the lines that lists gave out. */
  measure: z.enum(['events', 'distinct_cases', 'lines']),
  /** Within which time, in ms; an ISO 8601 duration in the file. */
  window: duration,
  /** From this number on. */
  limit: z.int().min(1),
  /** Only these actions; all where the list is empty. */
  actions: z.array(z.string().regex(/^[a-z_]+\.[a-z_]+$/)),
  outcome: z.enum(['done', 'refused', 'failed']).nullable(),
  condition: z.enum(['outside_hours', 'outside_area', 'same_surname']).nullable(),
  /** Gaps: name, agency, count, limit. */
  sentenceVi: z.string(),
  sentenceEn: z.string(),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable(),
});
const soundRule = rule.refine(
  ({ condition, measure }) => condition !== 'same_surname' || measure === 'distinct_cases',
  'a family name is compared case by case',
);

/**
 * A family name that too many bear to say anything, in each of its forms. `share` of the people of Viet Nam, from 0 to 1; null for
 * a word that stands before names and is no family name.
 */
const commonSurname = z.strictObject({
  names: z.array(z.string()).min(1),
  share: z.number().gt(0).lt(1).nullable(),
  source: z.string(),
  verified: z.boolean(),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable(),
});

const auditRules = z.strictObject({
  explanation: z.strictObject({ answerWithin: duration }),
  /** Hours of agencies whose desk states none; `days` are ISO weekdays, `grace` is added before and after. */
  dutyHours: z.strictObject({
    from: timeOfClock,
    to: timeOfClock,
    days: z.array(z.int().min(1).max(7)),
    grace: duration,
  }),
  commonSurnames: z.array(commonSurname),
  rules: z.array(soundRule),
});

export type AuditRules = z.output<typeof auditRules>;
export type OutlierRule = AuditRules['rules'][number];

const FILE = new URL('./data/audit-rules.json', import.meta.url);

/** What counts as unusual in the log: data of the release, tuned without code. A fault stops the start. */
export function readAuditRules(text = readFileSync(FILE, 'utf8')): AuditRules {
  return auditRules.parse(JSON.parse(text));
}
