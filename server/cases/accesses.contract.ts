import * as z from 'zod';
import { agencyName } from '../kernel/fields.contract.ts';

export const accessesQuery = z.strictObject({ cursor: z.string().max(200).optional() });

export const accessEntry = z.strictObject({
  id: z.string(),
  at: z.string(),
  actor: z.strictObject({ displayName: z.string(), agency: agencyName }).nullable(),
  /** A job of the system's own: then there is no actor. */
  isSystem: z.boolean(),
  action: z.string(),
  outcome: z.string(),
  purpose: z.string().nullable(),
  compartments: z.array(z.string()),
  isOwnAgency: z.boolean(),
});
export const accessList = z.strictObject({ items: z.array(accessEntry), nextCursor: z.string().nullable() });

export type AccessEntry = z.output<typeof accessEntry>;
