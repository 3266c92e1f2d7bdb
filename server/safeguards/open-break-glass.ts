import { createHmac } from 'node:crypto';
import type { Answer, Call } from '../http/endpoint.ts';
import type { Directory } from '../directory/directory.ts';
import type { Proof } from '../identity/sign-in.ts';
import { vietnamDay } from '../kernel/clock.ts';
import { AppError, invalid, type ErrorCode } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import type { Keys } from '../keys/index.ts';
import { openRow, type Opening } from './break-glass.store.ts';
import type { BreakGlassView, OpenBreakGlassBody } from './safeguards.contract.ts';
import type { SafeguardsDeps } from './safeguards.routes.ts';
import { sealReason, viewBreakGlass } from './view-break-glass.ts';

const USUAL_MINUTES = 60;

type Refused = Exclude<Opening, 'opened'>;
const REFUSALS: Readonly<Record<Refused, ErrorCode>> = {
  refused: 'NOT_FOUND',
  wrong_password: 'SIGN_IN_FAILED',
  overdue: 'BREAK_GLASS_REVIEW_OVERDUE',
};

/**
 * Emergency access to one case of the own agency, for a short time: the reason is sealed, and the event holds its code and a
 * commitment to the words, so that they cannot be exchanged later.
 * @throws AppError SIGN_IN_FAILED for a wrong password, BREAK_GLASS_REVIEW_OVERDUE, NOT_FOUND
 */
export async function openBreakGlass(
  deps: SafeguardsDeps,
  call: Call<unknown, unknown, OpenBreakGlassBody>,
): Promise<Answer<BreakGlassView>> {
  const { work, body, facts } = call;
  const minutes = minutesOf(deps.directory, body, work.nowMs);
  if (facts.caseId === null) throw new AppError('NOT_FOUND');
  const about = { id: newId(), caseId: facts.caseId, agencyId: work.staff.agencyId };
  const proof = call.prepared as Proof;
  const status = await openRow(work, {
    ...about,
    proof: proof.proof,
    reasonCode: body.reasonCode,
    reason: await sealReason(deps.keys, about, body.reasonText),
    minutes,
  });
  const onCase = { objectKind: 'case', objectId: about.caseId, ownerAgencyId: about.agencyId, caseIds: [about.caseId] };
  if (status !== 'opened') {
    if (status === 'wrong_password') await deps.guesses.failed(proof);
    work.record({ ...onCase, outcome: 'refused' });
    throw new AppError(REFUSALS[status]);
  }
  await deps.guesses.succeeded(proof);
  work.record({ ...onCase, reasonCode: `${body.reasonCode}:${commitment(deps.keys, about.id, body.reasonText)}` });
  return { body: await viewBreakGlass(deps.keys, work, about.id), resourceId: about.id };
}

/** The times to choose from are data; the database has the last word on the longest. */
function minutesOf(directory: Directory, { minutes = USUAL_MINUTES }: OpenBreakGlassBody, nowMs: number): number {
  if (directory.standing('break_glass_minutes', `M${minutes}`, vietnamDay(nowMs)) !== 'valid')
    throw invalid({ path: 'minutes', code: 'INVALID' });
  return minutes;
}

/** HMAC-SHA256 over the use and its reason, under a key of its own: binds the words without telling them. */
function commitment(keys: Keys, id: string, reason: string): string {
  return createHmac('sha256', keys.indexKey('break-glass/reason'))
    .update(JSON.stringify([id, reason]), 'utf8')
    .digest('base64url');
}
