import { ageBandOf, endContactClock, isChildBand, loadCase, type LoadedCase } from '../cases/index.ts';
import type { Work } from '../db/work.ts';
import type { Answer, Call } from '../http/endpoint.ts';
import { vietnamDay } from '../kernel/clock.ts';
import { AppError, invalid } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { newStandingProof, writeDocuments } from '../keys/index.ts';
import type { ConsentView, RecordConsentBody } from './consent.contract.ts';
import { consentFaults } from './consent.rules.ts';
import { insertConsent } from './consent.store.ts';
import type { ConsentDeps } from './consent.routes.ts';
import { consentDocument, viewConsent } from './list-consents.ts';

/** Records one consent with its evidence; who explained it is the person who records. Terms are sealed with the case. */
export async function recordConsent(
  deps: ConsentDeps,
  call: Call<{ caseId: string }, unknown, RecordConsentBody>,
): Promise<Answer<ConsentView>> {
  const { work, body } = call;
  const { caseId } = call.params;
  const day = vietnamDay(work.nowMs);
  const recipient = deps.directory.agency(body.recipientAgencyId);
  if (recipient === undefined || recipient.id === work.staff.agencyId)
    throw invalid({ path: 'recipientAgencyId', code: 'INVALID' });
  const { keys, content, file } = await loadCase(deps, work, { caseId });
  if (file.stage === 'closed') throw new AppError('STATE_CONFLICT');
  const isChild = isChildBand(ageBandOf(content.survivor, day));
  const faults = consentFaults(body, { day, isChild, sectors: recipient.sectors, matrix: deps.directory.matrix() });
  if (faults.length > 0) throw new AppError('VALIDATION_FAILED', { faults });
  const { proof, hash } = newStandingProof();
  const row = { ...newConsent(work, file, body), standingProof: proof };
  await Promise.all([
    insertConsent(work, row),
    writeDocuments(work, keys, [consentDocument(row.id, body, hash)]),
    endContactClock(work, caseId),
  ]);
  work.record({
    objectKind: 'consent',
    objectId: row.id,
    ownerAgencyId: file.ownerAgencyId,
    caseIds: [caseId],
    fields: [...body.fields].toSorted(),
  });
  return { body: viewConsent(deps.directory, row, { terms: body, day }), resourceId: row.id };
}

function newConsent(work: Work, file: LoadedCase['file'], { recipientAgencyId, validUntil }: RecordConsentBody) {
  return {
    id: newId(),
    caseId: file.id,
    ownerAgencyId: file.ownerAgencyId,
    recipientAgencyId,
    state: 'valid' as const,
    validUntil,
    recordedBy: work.staff.staffId,
    recordedAt: work.now,
    withdrawnAt: null,
    version: 1,
  };
}
