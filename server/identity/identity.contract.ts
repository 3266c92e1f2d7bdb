import * as z from 'zod';
import { agencyName, bilingual, filledText } from '../kernel/fields.contract.ts';

export const signInBody = z.strictObject({
  username: filledText(80),
  password: z.string().min(1, { error: 'REQUIRED' }).max(200),
  otp: z.string().max(12).optional(),
});
export const unlockBody = z.strictObject({ password: z.string().min(1, { error: 'REQUIRED' }).max(200) });

export const me = z.strictObject({
  staff: z.strictObject({ id: z.string(), displayName: z.string(), roles: z.array(z.string()) }),
  agency: z.strictObject({ ...agencyName.shape, sectors: z.array(z.string()), areaCode: z.string() }),
  session: z.strictObject({ idleLockMs: z.int(), lockedEndMs: z.int(), expiresAt: z.string(), locked: z.boolean() }),
  demonstration: z.boolean(),
  purposes: z.array(z.strictObject({ code: z.string(), ...bilingual })),
});

export const tokenAnswer = z.strictObject({
  accessToken: z.string(),
  tokenType: z.literal('Bearer'),
  expiresIn: z.int(),
});
export const jwks = z.strictObject({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string() })) });

export type Me = z.output<typeof me>;
