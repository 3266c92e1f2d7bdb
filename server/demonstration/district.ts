import * as z from 'zod';
import { releaseData } from '../directory/load-directory.store.ts';

const area = z.looseObject({
  code: z.string(),
  nameVi: z.string(),
  parent: z.string().nullable(),
  level: z.enum(['province', 'commune']),
  validFrom: z.string(),
});
const agency = z.looseObject({
  id: z.uuid(),
  nameVi: z.string(),
  nameEn: z.string(),
  kind: z.string(),
  sectors: z.array(z.string()),
  areaCode: z.string(),
  coversAreas: z.array(z.string()),
  services: z.array(z.string()),
  dutyDesk: z.looseObject({ phone: z.string(), hours: z.string() }).nullable(),
  responsibleHead: z.string().nullable(),
  validFrom: z.string(),
});
const staff = z.looseObject({
  id: z.uuid(),
  username: z.string(),
  displayName: z.string(),
  /** Made up like the person; stored only as keyed hashes, for conflicts of interest. */
  birthYear: z.int().optional(),
  identityNumber: z.string().optional(),
  phone: z.string().optional(),
  agencyId: z.uuid(),
  roles: z.array(z.string()),
});
const district = z.looseObject({
  validFrom: z.string(),
  areas: z.array(area.partial({ validFrom: true })),
  agencies: z.array(agency.partial({ validFrom: true })),
  staff: z.array(staff),
});

/** The demonstration district: areas, agencies and synthetic staff, as data of the release. */
export type District = z.output<typeof district>;
export type DistrictStaff = z.output<typeof staff>;

export async function readDistrict(): Promise<District> {
  return district.parse(await releaseData('demonstration.json'));
}
