import * as z from 'zod';

/** HL7 FHIR R4 (4.0.1): what of `AuditEvent` and `Bundle` this log uses; every element by its FHIR name. */
export const FHIR_JSON = 'application/fhir+json';

const coding = z.strictObject({ system: z.string(), code: z.string(), display: z.string().optional() });
const concept = z.strictObject({ coding: z.array(coding).min(1) });
const reference = z.strictObject({
  identifier: z.strictObject({ system: z.string(), value: z.string().optional() }),
  display: z.string().optional(),
});
const extension = z.strictObject({
  url: z.string(),
  valueString: z.string().optional(),
  valueCode: z.string().optional(),
  valueUnsignedInt: z.int().min(0).optional(),
  valueUuid: z.string().optional(),
  valueIdentifier: z.strictObject({ system: z.string(), value: z.string() }).optional(),
});
const agent = z.strictObject({
  extension: z.array(extension).min(1).optional(),
  type: concept.optional(),
  role: z.array(concept).min(1).optional(),
  who: reference.optional(),
  requestor: z.boolean(),
  policy: z.array(z.string()).min(1).optional(),
});
const entity = z.strictObject({
  what: reference.optional(),
  type: coding,
  role: coding,
  detail: z
    .array(z.strictObject({ type: z.string(), valueString: z.string() }))
    .min(1)
    .optional(),
});

/** One event of the log, one to one. */
export const fhirAuditEvent = z.strictObject({
  resourceType: z.literal('AuditEvent'),
  id: z.string(),
  meta: z.strictObject({ security: z.array(coding).min(1) }).optional(),
  extension: z.array(extension).min(1),
  type: coding,
  subtype: z.array(coding).min(1),
  action: z.enum(['C', 'R', 'U', 'D', 'E']),
  period: z.strictObject({ start: z.string(), end: z.string() }),
  recorded: z.string(),
  outcome: z.enum(['0', '4', '8', '12']),
  purposeOfEvent: z.array(concept).min(1).optional(),
  agent: z.array(agent).min(1),
  source: z.strictObject({ observer: reference, type: z.array(coding).min(1) }),
  entity: z.array(entity).min(1).optional(),
});

/** What a search cannot show, told beside what it found. */
export const fhirOutcome = z.strictObject({
  resourceType: z.literal('OperationOutcome'),
  issue: z
    .array(
      z.strictObject({
        severity: z.literal('information'),
        code: z.literal('incomplete'),
        details: z.strictObject({ coding: z.array(coding).min(1), text: z.string() }),
      }),
    )
    .min(1),
});

export const fhirBundle = z.strictObject({
  resourceType: z.literal('Bundle'),
  type: z.literal('searchset'),
  link: z.array(z.strictObject({ relation: z.enum(['self', 'next']), url: z.string() })).min(1),
  entry: z
    .array(
      z.union([
        z.strictObject({
          fullUrl: z.string(),
          resource: fhirAuditEvent,
          search: z.strictObject({ mode: z.literal('match') }),
        }),
        z.strictObject({ resource: fhirOutcome, search: z.strictObject({ mode: z.literal('outcome') }) }),
      ]),
    )
    .min(1)
    .optional(),
});

export type FhirAuditEvent = z.output<typeof fhirAuditEvent>;
export type FhirBundle = z.output<typeof fhirBundle>;
