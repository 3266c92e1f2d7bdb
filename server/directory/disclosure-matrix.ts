import * as z from 'zod';

const share = z.strictObject({
  share: z.enum(['default', 'ask', 'never']),
  form: z.string().optional(),
  when: z.string().optional(),
  else: z.enum(['default', 'ask', 'never']).optional(),
  noteVi: z.string().optional(),
  noteEn: z.string().optional(),
});

const matrix = z.looseObject({
  version: z.int(),
  validFrom: z.string(),
  fields: z.array(
    z.looseObject({ field: z.string(), compartment: z.string(), nameVi: z.string(), nameEn: z.string() }),
  ),
  sectors: z.record(z.string(), z.record(z.string(), z.looseObject(share.shape))),
});

/** What goes to which sector by default, only when asked, or never (domain §4). */
export type DisclosureMatrix = z.output<typeof matrix>;
export type Share = { share: 'default' | 'ask' | 'never'; form: string | null };

/** Reads `policies/disclosure-matrix.json`; a fault stops the start. */
export function parseMatrix(text: string): DisclosureMatrix {
  return matrix.parse(JSON.parse(text));
}

/**
 * What the matrix says of one field for one sector. `isInDanger` settles conditional cells.
 * A sector without a column, or a field without a cell, never receives anything.
 */
export function shareOf(table: DisclosureMatrix, cell: { sector: string; field: string; isInDanger: boolean }): Share {
  const found = table.sectors[cell.sector]?.[cell.field];
  if (found === undefined) return { share: 'never', form: null };
  const isMet = found.when === undefined || (found.when === 'danger' && cell.isInDanger);
  return { share: isMet ? found.share : (found.else ?? 'never'), form: found.form ?? null };
}
