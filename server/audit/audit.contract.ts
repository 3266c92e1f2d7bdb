import * as z from 'zod';
import { agencyName, code, id, instant } from '../kernel/fields.contract.ts';

/** One event as an auditor reads it: opaque ids and codes, never a value of a case. */
export const auditLine = z.strictObject({
  id: z.string(),
  recordedAt: z.string(),
  occurredAt: z.string(),
  isDemonstration: z.boolean(),
  actor: z.strictObject({ id: z.string(), displayName: z.string(), agency: agencyName }).nullable(),
  roles: z.array(z.string()),
  action: z.string(),
  outcome: z.enum(['done', 'refused', 'failed']),
  objectKind: z.string().nullable(),
  objectId: z.string().nullable(),
  caseCode: z.string().nullable(),
  ownerAgency: agencyName.nullable(),
  compartments: z.array(z.string()),
  fields: z.array(z.string()),
  purpose: z.string().nullable(),
  policies: z.array(z.string()),
  count: z.int().nullable(),
  requestId: z.string(),
});
export const auditList = z.strictObject({ items: z.array(auditLine), nextCursor: z.string().nullable() });

/** `case` takes a case id or a case code. */
export const auditQuery = z.strictObject({
  actor: id.optional(),
  case: z
    .string()
    .max(40)
    .regex(/^[0-9A-Za-z\s-]*$/, { error: 'INVALID' })
    .optional(),
  action: code.optional(),
  agency: id.optional(),
  outcome: z.enum(['done', 'refused', 'failed']).optional(),
  from: instant.optional(),
  to: instant.optional(),
  /** Only deeds that showed something: cases, referrals, lists. */
  reads: z.enum(['true']).optional(),
  /** ISO weekday (1 is Monday) and hour of day, both in Viet Nam. */
  weekday: z.coerce.number().int().min(1).max(7).optional(),
  hour: z.coerce.number().int().min(0).max(23).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
});

export const auditStaff = z.strictObject({
  items: z.array(z.strictObject({ id: z.string(), displayName: z.string(), agency: agencyName })),
});

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

export const outliersQuery = z.strictObject(stretch);
/** One thing that catches the eye, in words; `filter` finds its events in the log. */
export const outlier = z.strictObject({
  rule: z.string(),
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
  }),
});
export const outlierList = z.strictObject({ items: z.array(outlier) });

export type HeatQuery = z.output<typeof heatQuery>;
export type HeatMap = z.output<typeof heatMap>;
export type OutliersQuery = z.output<typeof outliersQuery>;
export type Outlier = z.output<typeof outlier>;
export type AuditLine = z.output<typeof auditLine>;
export type AuditQuery = z.output<typeof auditQuery>;
