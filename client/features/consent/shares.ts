import type { Agency, Service } from '../../../server/directory/directory.contract.ts';
import type { ReferralOptions } from '../../../server/referrals/referrals.contract.ts';

type OptionField = ReferralOptions['options'][number]['fields'][number];

/** What one recipient may get of one field: by default once she agrees, only if she ticks it, or never. */
export type SharedField = Pick<OptionField, 'field' | 'nameVi' | 'nameEn' | 'share' | 'form'> & {
  /** Whether the case holds a value at present. */
  isHeld: boolean;
};

/** One service per sector in which the agency works: the matrix differs by sector, a consent counts for all of them. */
export function servicesToAsk(agency: Agency, services: readonly Service[]): string[] {
  const offered = services.filter(({ code }) => agency.services.includes(code));
  const firstOfSector = new Map(offered.toReversed().map(({ sector, code }) => [sector, code]));
  return [...firstOfSector.values()];
}

const generosity: Readonly<Record<OptionField['share'], number>> = { never: 0, ask: 1, default: 2 };

/** The fields for one agency over all its sectors, the most that any of them may get, in the matrix's order. */
export function sharedFields(agencyId: string, answers: readonly ReferralOptions[]): SharedField[] {
  const found = new Map<string, SharedField>();
  for (const { options } of answers) {
    const own = options.find(({ agency }) => agency.id === agencyId);
    for (const { preview, ...field } of own?.fields ?? []) {
      const before = found.get(field.field);
      if (!before || generosity[field.share] > generosity[before.share])
        found.set(field.field, { ...field, isHeld: !isEmpty(preview) });
    }
  }
  return [...found.values()];
}

/** Ticked at first: what this recipient needs by default and the case holds. She may untick any of it. */
export function usualFields(fields: readonly SharedField[]): string[] {
  return fields.filter(({ share, isHeld }) => share === 'default' && isHeld).map(({ field }) => field);
}

export function mayBeShared(fields: readonly SharedField[]): SharedField[] {
  return fields.filter(({ share }) => share !== 'never');
}

function isEmpty(preview: unknown): boolean {
  return preview === null || preview === '' || (Array.isArray(preview) && preview.length === 0);
}
