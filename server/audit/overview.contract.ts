import * as z from 'zod';
import { agencyName, bilingual, id, instant } from '../kernel/fields.contract.ts';

/** A stretch of time; `to` is not part of it. */
const stretch = { from: instant, to: instant };

export const heatQuery = z.strictObject({ ...stretch, agency: id.optional() });
/** Deeds by weekday (rows, Monday first) and hour of day (columns, 0–23), both in Viet Nam. */
export const heatMap = z.strictObject({
  from: z.string(),
  to: z.string(),
  total: z.int(),
  rows: z.array(z.array(z.int()).length(24)).length(7),
});

/** A rule of the data by its code and name. */
export const ruleName = z.strictObject({ code: z.string(), ...bilingual });

export const outliersQuery = z.strictObject(stretch);
/** One thing that catches the eye, in words; `filter` finds its events in the log. */
export const outlier = z.strictObject({
  rule: ruleName,
  severity: z.enum(['high', 'medium', 'low']),
  actor: z.strictObject({ id: z.string(), displayName: z.string(), agency: agencyName }),
  count: z.int(),
  limit: z.int(),
  from: z.string(),
  to: z.string(),
  sentenceVi: z.string(),
  sentenceEn: z.string(),
  eventIds: z.array(z.string()),
  filter: z.strictObject({
    actor: z.string(),
    from: z.string(),
    to: z.string(),
    outcome: z.enum(['done', 'refused', 'failed']).optional(),
    /** A case code, where it is about one case. */
    case: z.string().optional(),
  }),
});
export const outlierList = z.strictObject({ items: z.array(outlier) });

export type HeatQuery = z.output<typeof heatQuery>;
export type HeatMap = z.output<typeof heatMap>;
export type OutliersQuery = z.output<typeof outliersQuery>;
export type Outlier = z.output<typeof outlier>;
