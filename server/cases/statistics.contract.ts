import * as z from 'zod';

const code = z.string().regex(/^[A-Z][A-Z0-9_]{0,59}$/);
const codes = z.array(code);

/**
 * What of a case goes into statistics (domain §5): codes, a band, a ward and a month. No day, no name, no words, no id.
 * Sealed for the statistics of its period alone; stored, so a change of shape is a new version.
 */
export const statisticsRecord = z.strictObject({
  v: z.literal(1),
  /** Month in which the report was received, `YYYY-MM`. */
  month: z.string().regex(/^\d{4}-\d{2}$/),
  kind: z.enum(['violence', 'trafficking']),
  gbvTypes: codes,
  lawActs: codes,
  traffickingPurposes: codes,
  relationships: codes,
  sex: code,
  ageBand: code,
  ethnicityGroup: code,
  disabilities: codes,
  /** Code of the ward where it happened. */
  wardCode: z.string().regex(/^\d{1,8}$/),
  servicesAsked: z.array(z.string().regex(/^[A-Z]{2,8}\.[A-Z0-9_]{1,40}$/)),
  servicesReceived: z.array(z.string().regex(/^[A-Z]{2,8}\.[A-Z0-9_]{1,40}$/)),
});

export type StatisticsRecord = z.output<typeof statisticsRecord>;
