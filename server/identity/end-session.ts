import type { Answer, Call } from '../http/endpoint.ts';
import { AppError } from '../kernel/errors.ts';
import type { IdentityDeps } from './identity.routes.ts';
import { addBearer, endSession, lockSession, sessionOf } from './session.store.ts';
import { newBearer, TOKEN_SECONDS } from './tokens.ts';

type Nothing = Answer<Record<string, never>>;

/** Ends the session, locked or not; its bearers die with it. @param reasonCode how, where it was not by signing out */
export async function endOwnSession(call: Call<unknown, unknown, unknown>, reasonCode?: string): Promise<Nothing> {
  const bearer = call.prepared as Buffer;
  const session = await sessionOf(call.work, bearer);
  if (session === undefined) throw new AppError('SIGN_IN_REQUIRED');
  await endSession(call.work, bearer);
  const { sessionId, agencyId } = session;
  const how = reasonCode === undefined ? {} : { reasonCode };
  call.work.record({ objectKind: 'session', objectId: sessionId, ownerAgencyId: agencyId, ...how });
  return { body: {}, session: 'ended' };
}

export async function lockOwnSession(call: Call<unknown, unknown, unknown>): Promise<Nothing> {
  await lockSession(call.work, call.prepared as Buffer);
  call.work.record({ objectKind: 'session', objectId: call.work.staff.sessionId });
  return { body: {} };
}

/** A 5-minute token with the same rights and the same log, dead as soon as the session ends. */
export async function issueToken(
  deps: IdentityDeps,
  call: Call<unknown, unknown, unknown>,
): Promise<Answer<{ accessToken: string; tokenType: 'Bearer'; expiresIn: number }>> {
  const { work } = call;
  const { bearer, tokenHash } = newBearer();
  await addBearer(work, tokenHash);
  work.record({ objectKind: 'session', objectId: work.staff.sessionId });
  const accessToken = await deps.tokens.issue(bearer, work.staff.staffId);
  return { body: { accessToken, tokenType: 'Bearer', expiresIn: TOKEN_SECONDS } };
}
