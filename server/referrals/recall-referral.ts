import type { Work } from '../db/work.ts';
import type { CloseReferrals } from '../consent/index.ts';
import type { Answer, Call } from '../http/endpoint.ts';
import { askRenewal, deleteGrants, destroyDocuments, type Subject } from '../keys/index.ts';
import { writeFeedback } from './answer-referral.ts';
import { viewReferral } from './open-referral.ts';
import type { ReferralView } from './referrals.contract.ts';
import type { ReferralsDeps } from './referrals.routes.ts';
import {
  moveReferral,
  referralRow,
  referralsOnLegalBasis,
  takeBackSettled,
  withdrawReferrals,
} from './referrals.store.ts';

/** The sender takes a referral back; the recipient's key and the envelope go, and the answer tells whether it was opened. */
export async function recallReferral(
  deps: ReferralsDeps,
  call: Call<{ referralId: string }, unknown, { reason: string }>,
): Promise<Answer<ReferralView>> {
  const { work, body } = call;
  const row = await referralRow(work, call.params.referralId);
  const feedback = { kind: 'recall' as const, reason: body.reason, outcome: null, services: [], note: null };
  await moveReferral(work, row, { to: 'recalled', change: { closedAt: work.now, recipientNotice: null } });
  await writeFeedback(deps, work, { row, feedback });
  await deleteGrants(work, { subjectIds: [row.id], holderId: row.recipientAgencyId });
  await destroyDocuments(work, [row.id], ['envelope']);
  await askRenewal(work, subjectsOf(work, row.caseId, [row.id]));
  work.record({ ownerAgencyId: row.senderAgencyId, caseIds: [row.caseId], reasonCode: body.reason });
  return viewReferral(deps, work, row.id);
}

/**
 * Carries a withdrawal of consent through: every open referral that rests on it closes; from all of them, the completed ones
 * included, keys, notices and envelopes go. No key is needed.
 */
export const closeReferralsOf: CloseReferrals = async (work, consent) => {
  const closed = await withdrawReferrals(work, consent.id);
  const subjectIds = [...closed.map((row) => row.id), ...(await takeBackSettled(work, consent.id))];
  if (subjectIds.length > 0) {
    await deleteGrants(work, { subjectIds, holderId: consent.recipientAgencyId });
    await destroyDocuments(work, subjectIds, ['envelope']);
    await askRenewal(work, subjectsOf(work, consent.caseId, subjectIds));
  }
  return { closed, kept: await referralsOnLegalBasis(work, consent.caseId) };
};

/** The case, and of it what was shared and is taken back: both get new data keys. */
function subjectsOf(work: Work, caseId: string, referralIds: readonly string[]): Subject[] {
  const ownerAgencyId = work.staff.agencyId;
  return [
    { kind: 'case', id: caseId, caseId, ownerAgencyId },
    ...referralIds.map((id) => ({ kind: 'referral' as const, id, caseId, ownerAgencyId })),
  ];
}
