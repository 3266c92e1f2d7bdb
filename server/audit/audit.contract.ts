import * as z from 'zod';
import { agencyName, code, id, instant } from '../kernel/fields.contract.ts';

/** One event as an auditor reads it: opaque ids and codes, never a value of a case. */
export const auditLine = z.strictObject({
  id: z.string(),
  recordedAt: z.string(),
  occurredAt: z.string(),
  isDemonstration: z.boolean(),
  actor: z.strictObject({ id: z.string(), displayName: z.string(), agency: agencyName }).nullable(),
  /** A job of the system's own, or a command on the server: then there is no actor. */
  isSystem: z.boolean(),
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
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
});

export const auditStaff = z.strictObject({
  items: z.array(z.strictObject({ id: z.string(), displayName: z.string(), agency: agencyName })),
});

export type AuditLine = z.output<typeof auditLine>;
export type AuditQuery = z.output<typeof auditQuery>;
