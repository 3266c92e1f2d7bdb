import * as z from 'zod';
import { id } from '../kernel/fields.contract.ts';

export const draftIdParams = z.strictObject({ draftId: id });
export const draftBody = z.strictObject({
  content: z.record(z.string().max(60), z.unknown()),
  page: z.int().min(0).max(9),
});
export const draftView = z.strictObject({
  id: z.string(),
  content: z.record(z.string(), z.unknown()),
  page: z.int(),
  version: z.int(),
  updatedAt: z.string(),
  expiresAt: z.string(),
});
export const savedDraft = z.strictObject({ id: z.string(), version: z.int(), expiresAt: z.string() });
export const draftList = z.strictObject({
  items: z.array(z.strictObject({ id: z.string(), page: z.int(), updatedAt: z.string(), expiresAt: z.string() })),
});

export type DraftBody = z.output<typeof draftBody>;
