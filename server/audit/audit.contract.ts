import * as z from 'zod';
import { agencyName, code, id, instant } from '../kernel/fields.contract.ts';

/** Kinds of deeds; each event belongs to one. */
export const EVENT_CLASSES = [
  'read',
  'list',
  'search',
  'export',
  'create',
  'change',
  'delete',
  'sign_in',
  'key',
  'policy',
  'directory',
  'safeguard',
  'audit',
  'system',
] as const;

/** One event as an auditor reads it: opaque ids and codes, never a value of a case. */
export const auditLine = z.strictObject({
  id: z.string(),
  recordedAt: z.string(),
  occurredAt: z.string(),
  isDemonstration: z.boolean(),
  actor: z.strictObject({ id: z.string(), displayName: z.string(), agency: agencyName }).nullable(),
  /** The job of the system that acted, where no person did. */
  job: z.string().nullable(),
  roles: z.array(z.string()),
  action: z.string(),
  class: z.enum(EVENT_CLASSES),
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
/** `archivedMonths`: months (`YYYY-MM`) of the period asked for whose events are in the archive and no longer here. */
export const auditList = z.strictObject({
  items: z.array(auditLine),
  nextCursor: z.string().nullable(),
  archivedMonths: z.array(z.string()),
});

/** `case` takes a case id or a case code. */
export const auditQuery = z.strictObject({
  actor: id.optional(),
  case: z
    .string()
    .max(40)
    .regex(/^[0-9A-Za-z\s-]*$/, { error: 'INVALID' })
    .optional(),
  action: code.optional(),
  class: z.enum(EVENT_CLASSES).optional(),
  /** `fhir`: a FHIR R4 Bundle of AuditEvent, as `Accept: application/fhir+json` asks for. */
  format: z.enum(['json', 'fhir']).optional(),
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

/** A tile as C2SP tlog-tiles names it: `x001/x234/067`, and `.p/7` where only the first 7 hashes of it are wanted. */
export const tileParams = z.strictObject({
  level: z.string(),
  tile: z.preprocess((segments) => (Array.isArray(segments) ? segments.join('/') : segments), z.string()),
});
export const eventParams = z.strictObject({ eventId: id });
export const noteText = z.string();
export const tileBytes = z.instanceof(Buffer);

const count = z.int().min(0);

/** `anew`: closed days are checked now, however lately they were. */
export const sealQuery = z.strictObject({ anew: z.enum(['true']).optional() });

/**
 * How the signed log stands. `root` in base64; `quorum.cosignedAt`: since when enough witnesses have confirmed the tree of
 * `quorum.size` leaves. A day's `broken` events are changed, gone, or not those in the tree, as found at `checkedAt` (null: nothing
 * to check).
 */
export const seal = z.strictObject({
  origin: z.string().nullable(),
  vkey: z.string().nullable(),
  checkpoint: z.strictObject({ size: count, root: z.string(), signedAt: z.string() }).nullable(),
  mergeDelayMs: count,
  witnesses: z.array(z.strictObject({ name: z.string(), vkey: z.string(), cosignedAt: z.string().nullable() })),
  quorum: z.strictObject({
    needed: count,
    met: z.boolean(),
    size: count.nullable(),
    cosignedAt: z.string().nullable(),
  }),
  days: z.array(
    z.strictObject({ day: z.string(), events: count, sealed: count, broken: count, checkedAt: z.string().nullable() }),
  ),
});

export type Seal = z.output<typeof seal>;
export type SealQuery = z.output<typeof sealQuery>;
export type AuditLine = z.output<typeof auditLine>;
export type AuditQuery = z.output<typeof auditQuery>;
