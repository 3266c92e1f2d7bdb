import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const root = join(import.meta.dirname, '..', '..');

// Stricter than the importer needs: an unknown key in a file is more likely a slip of the pen than an extension.

const COMPARTMENTS = ['facts', 'identity', 'contact', 'narrative', 'clinical', 'perpetrator', 'legal'] as const;

const words = z
  .string()
  .min(1)
  .refine((value) => value === value.normalize('NFC') && value === value.trim(), { error: 'not NFC or not trimmed' });
const day = z.iso.date();
const names = { nameVi: words, nameEn: words };
const hints = { hintVi: words.optional(), hintEn: words.optional() };
const source = { source: words, verified: z.boolean() };
const validity = { validFrom: day, validTo: day.nullable() };
const upper = z.string().regex(/^[A-Z][A-Z0-9_]{0,39}$/);
const upperOrLower = z.string().regex(/^([A-Z][A-Z0-9_]{0,39}|[a-z][a-z_]{0,39})$/);
export const duration = z
  .string()
  .regex(/^P(?:\d+[YMD])*(?:T(?:\d+[HM])+)?$/)
  .min(3);
const serviceCode = z.string().regex(/^[A-Z]{2,3}\.[A-Z_]+$/);
const urgency = z.enum(['U0', 'U1', 'U2', 'U3', 'U4']);
const areaCode = z.string().regex(/^(\d{2}|\d{5})$/);

const listedCode = z.strictObject({
  code: upperOrLower,
  ...names,
  ...hints,
  validFrom: day.optional(),
  validTo: day.optional(),
  verified: z.literal(false).optional(),
  meta: z.record(z.string(), z.unknown()).optional(),
});
export const codeLists = z.array(
  z.strictObject({
    list: z.string().regex(/^[a-z_]+$/),
    version: z.int().min(1),
    ...validity,
    ...names,
    ...source,
    codes: z.array(listedCode).min(2),
  }),
);
export const services = z.array(
  z.strictObject({
    code: serviceCode,
    sector: upper,
    ...names,
    ...hints,
    defaultUrgency: urgency,
    ...validity,
    ...source,
  }),
);
export const clockRules = z.array(
  z.strictObject({
    code: z.string().regex(/^[A-Z]\d{1,2}$/),
    triggerVi: words,
    triggerEn: words,
    actorVi: words,
    actorEn: words,
    limit: duration.nullable(),
    kind: z.enum(['at_once', 'within', 'at_most', 'none']),
    calendar: z.enum(['clock', 'working_days']),
    ...source,
    ...validity,
  }),
);
export const purposes = z.array(
  z.strictObject({
    code: z.string().regex(/^[a-z_]+$/),
    ...names,
    defaultFor: z.array(z.string()),
    allowedFor: z.array(z.string()).min(1),
    ...validity,
  }),
);
export const hotlines = z.array(
  z.strictObject({ code: upper, number: z.string().regex(/^\d[\d ]{2,13}$/), ...names, ...source, ...validity }),
);

const cell = z.strictObject({
  share: z.enum(['default', 'ask', 'never']),
  form: z.string().optional(),
  when: z.literal('danger').optional(),
  else: z.enum(['ask', 'never']).optional(),
  noteVi: words.optional(),
  noteEn: words.optional(),
});
export const matrix = z.strictObject({
  version: z.int().min(1),
  ...validity,
  source: words,
  fields: z.array(
    z.strictObject({
      field: z.string(),
      compartment: z.enum(COMPARTMENTS),
      ...names,
      whyVi: words.optional(),
      whyEn: words.optional(),
    }),
  ),
  sectors: z.record(upper, z.record(z.string(), cell)),
});

const dutyDesk = z.strictObject({
  phone: z.string().regex(/^0236 000 01\d\d$/),
  hours: words,
  days: z.array(z.int().min(1).max(7)).min(1),
  hoursVi: words,
  hoursEn: words,
  ...names,
});
export const demonstration = z.strictObject({
  version: z.int().min(1),
  demonstration: z.literal(true),
  noteVi: words,
  noteEn: words,
  source: words,
  ...validity,
  areas: z.array(
    z.strictObject({
      code: areaCode,
      ...names,
      level: z.enum(['province', 'commune']),
      parent: areaCode.nullable(),
      formerNames: z.array(words).optional(),
      noteVi: words.optional(),
      noteEn: words.optional(),
      ...validity,
      ...source,
    }),
  ),
  agencies: z.array(
    z.strictObject({
      id: z.uuidv7(),
      ...names,
      kind: upper,
      sectors: z.array(upper),
      areaCode,
      coversAreas: z.array(areaCode).min(1),
      services: z.array(serviceCode),
      dutyDesk: dutyDesk.nullable(),
      responsibleHead: words,
      demonstration: z.literal(true),
      ...validity,
    }),
  ),
  staff: z.array(
    z.strictObject({
      id: z.uuidv7(),
      username: z.string().regex(/^[a-z]+(\.[a-z]+){1,2}$/),
      displayName: words,
      birthYear: z.int().min(1950).max(2006),
      identityNumber: z.string().regex(/^048\d{9}$/),
      phone: z.string().regex(/^0914 000 \d{3}$/),
      agencyId: z.uuidv7(),
      roles: z.array(z.string()).min(1),
      scopeArea: areaCode.optional(),
      demonstration: z.literal(true),
    }),
  ),
});

/** Reads and checks a file by its path from the top of the repository; throws `ZodError` with the place of the fault. */
export function read<T extends z.ZodType>(schema: T, ...path: string[]): z.output<T> {
  return schema.parse(JSON.parse(readFileSync(join(root, ...path), 'utf8')));
}

export function readData<T extends z.ZodType>(schema: T, file: string): z.output<T> {
  return read(schema, 'server', 'directory', 'data', file);
}
