import * as z from 'zod';
import { codeOf, id } from '../kernel/fields.contract.ts';

/** Who alone is to have the case; said again with other names, it replaces them. */
export const restrictCaseBody = z.strictObject({
  reasonCode: codeOf('restriction_reason'),
  memberIds: z.array(id).min(1, { error: 'REQUIRED' }).max(20),
});

export const restrictionView = z.strictObject({
  caseId: z.string(),
  isRestricted: z.boolean(),
  members: z.array(z.strictObject({ id: z.string(), displayName: z.string(), memberRole: z.enum(['lead', 'member']) })),
});

export type RestrictCaseBody = z.output<typeof restrictCaseBody>;
export type RestrictionView = z.output<typeof restrictionView>;
