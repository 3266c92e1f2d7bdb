import type { Work } from '../db/work.ts';
import type { Answer, Call } from '../http/endpoint.ts';
import { AppError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import type { Me } from './identity.contract.ts';
import type { IdentityDeps } from './identity.routes.ts';
import { PASSWORD_PARAMETERS, passwordProof } from './password.ts';
import { accountOf, openSession, sessionOf, signInParameters, unlockSession, usernameOf } from './session.store.ts';
import { personOf } from './staff.store.ts';
import { newBearer, sessionName } from './tokens.ts';
import { viewMe } from './view-me.ts';

/** A password turned into what the database compares. */
export type Proof = { proof: Buffer; username: string; address: string; bearer: Buffer | null };
type Given = { password: string; username?: string; bearer?: Buffer | null };

/** Turns a password into its proof before any transaction; guesses that come too fast are told to wait. */
export async function prepareProof(
  deps: Pick<IdentityDeps, 'pool' | 'guesses'>,
  given: Given,
  address: string,
): Promise<Proof> {
  const bearer = given.bearer ?? null;
  const username = given.username ?? (bearer === null ? undefined : await usernameOf(deps.pool, bearer)) ?? '';
  await deps.guesses.requireCalm({ username, address });
  const { parameters, salt } = await signInParameters(deps.pool, username, PASSWORD_PARAMETERS);
  return { proof: await passwordProof(given.password, parameters, salt), username, address, bearer };
}

/** Opens a session: 32 random bytes for the cookie, of which the database learns only the hash. */
export async function signIn(
  deps: IdentityDeps,
  call: Call<unknown, unknown, { username: string }>,
): Promise<Answer<Me>> {
  const { work } = call;
  const prepared = call.prepared as Proof;
  const { bearer, tokenHash } = newBearer();
  const sessionId = newId();
  const lifeSeconds = deps.limits.sessionMs / 1000;
  const staffId = await openSession(work, {
    username: prepared.username,
    proof: prepared.proof,
    sessionId,
    tokenHash,
    publicHash: sessionName(tokenHash),
    lifeSeconds,
  });
  if (staffId === null) {
    await deps.guesses.failed(prepared);
    await recordAttempt(work, prepared.username);
    throw new AppError('SIGN_IN_FAILED');
  }
  await deps.guesses.succeeded(prepared);
  const person = await personOf(work, staffId);
  work.record({ objectKind: 'staff', objectId: staffId, ownerAgencyId: person.agencyId });
  const expiresAt = new Date(work.nowMs + deps.limits.sessionMs);
  return { body: viewMe(deps, { ...person, staffId, expiresAt }, work.now), session: { token: bearer } };
}

/** Nobody has proved to be anybody: the event has no actor, but names the account that was tried, where there is one. */
export async function recordAttempt(work: Work, username: string): Promise<void> {
  const account = await accountOf(work, username);
  const object = account === undefined ? {} : { objectId: account.id, ownerAgencyId: account.agencyId };
  work.record({ outcome: 'refused', objectKind: 'staff', ...object });
}

/** Opens a locked screen again for its own person's password. */
export async function unlock(
  deps: IdentityDeps,
  call: Call<unknown, unknown, unknown>,
): Promise<Answer<Record<string, never>>> {
  const { work } = call;
  const prepared = call.prepared as Proof;
  if (prepared.bearer === null) throw new AppError('SIGN_IN_REQUIRED');
  const session = await sessionOf(work, prepared.bearer);
  if (session === undefined) throw new AppError('SIGN_IN_REQUIRED');
  const about = { objectKind: 'session', objectId: session.sessionId, ownerAgencyId: session.agencyId };
  if (!(await unlockSession(work, prepared.bearer, prepared.proof))) {
    await deps.guesses.failed(prepared);
    work.record({ ...about, outcome: 'refused' });
    throw new AppError('SIGN_IN_FAILED');
  }
  await deps.guesses.succeeded(prepared);
  work.record(about);
  return { body: {} };
}
