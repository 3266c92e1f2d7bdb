import type * as z from 'zod';
import type { draftView, registeredCase } from '../../../server/cases/cases.contract.ts';

export type DraftView = z.output<typeof draftView>;
export type RegisteredCase = z.output<typeof registeredCase>;
