import * as z from 'zod';
import { bilingual } from '../kernel/fields.contract.ts';

const validity = { validFrom: z.string(), validTo: z.string().nullable() };
const source = { source: z.string().nullable(), verified: z.boolean() };

export const area = z.strictObject({
  code: z.string(),
  name: z.string(),
  parent: z.string().nullable(),
  level: z.enum(['province', 'commune']),
  ...validity,
});
export const areasQuery = z.strictObject({
  parent: z.string().max(20).optional(),
  name: z.string().max(60).optional(),
  /** Up to fifty codes with commas between them. */
  code: z.string().max(1_100).optional(),
});
export const areas = z.strictObject({ items: z.array(area) });

export const agency = z.strictObject({
  id: z.string(),
  ...bilingual,
  kind: z.string(),
  sectors: z.array(z.string()),
  areaCode: z.string(),
  coversAreas: z.array(z.string()),
  services: z.array(z.string()),
  dutyDesk: z.strictObject({ phone: z.string(), hours: z.string() }).nullable(),
  ...validity,
});
export const agencies = z.strictObject({ items: z.array(agency) });

export const service = z.strictObject({
  code: z.string(),
  sector: z.string(),
  ...bilingual,
  defaultUrgency: z.string(),
  ...validity,
  ...source,
});
export const services = z.strictObject({ items: z.array(service) });

export const listedCode = z.strictObject({
  code: z.string(),
  ...bilingual,
  hintVi: z.string().nullable(),
  hintEn: z.string().nullable(),
  meta: z.record(z.string(), z.unknown()),
  ...validity,
  verified: z.boolean(),
});
export const codeList = z.strictObject({
  list: z.string(),
  version: z.int(),
  ...bilingual,
  ...validity,
  ...source,
  /** What may be chosen today. */
  codes: z.array(listedCode),
  /** Names of codes that may no longer be chosen, so that what was recorded with them stays readable. */
  ended: z.array(z.strictObject({ code: z.string(), ...bilingual, validTo: z.string().nullable() })),
});
export const codeListsQuery = z.strictObject({ list: z.string().max(400).optional() });
export const codeLists = z.strictObject({ items: z.array(codeList) });

export const clockRules = z.strictObject({
  items: z.array(
    z.strictObject({
      code: z.string(),
      triggerVi: z.string(),
      triggerEn: z.string(),
      actorVi: z.string(),
      actorEn: z.string(),
      limit: z.string().nullable(),
      calendar: z.string(),
      ...validity,
      ...source,
    }),
  ),
});
export const purposes = z.strictObject({
  items: z.array(
    z.strictObject({
      code: z.string(),
      ...bilingual,
      defaultFor: z.array(z.string()),
      allowedFor: z.array(z.string()),
      ...validity,
    }),
  ),
});
export const hotlines = z.strictObject({
  items: z.array(z.strictObject({ code: z.string(), number: z.string(), ...bilingual, ...validity, ...source })),
});

export const colleagues = z.strictObject({
  items: z.array(z.strictObject({ id: z.string(), displayName: z.string(), roles: z.array(z.string()) })),
});

export type Area = z.output<typeof area>;
export type Agency = z.output<typeof agency>;
export type Service = z.output<typeof service>;
export type CodeList = z.output<typeof codeList>;
/** One version of a list as it is stored, whether in force or not. */
export type CodeListVersion = Omit<CodeList, 'ended'>;
export type ListedCode = z.output<typeof listedCode>;
export type Purpose = z.output<typeof purposes>['items'][number];
