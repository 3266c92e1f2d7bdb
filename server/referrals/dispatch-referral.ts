import { ageBandOf, isChildBand, loadCase, ownHolders, renewStatistics, type LoadedCase } from '../cases/index.ts';
import { covers, loadConsents } from '../consent/index.ts';
import type { Work } from '../db/work.ts';
import { shareOf } from '../directory/disclosure-matrix.ts';
import type { Answer, Call } from '../http/endpoint.ts';
import { MINUTE_MS, vietnamDay } from '../kernel/clock.ts';
import { AppError, invalid } from '../kernel/errors.ts';
import { REFERRAL_COMPARTMENTS, writeDocuments } from '../keys/index.ts';
import { requireOpenDesk } from '../safeguards/index.ts';
import { choiceFaults, legalBasesFor } from './dispatch.rules.ts';
import { loadDraftContent, type DraftContent } from './draft-content.ts';
import { envelopeFields, isInDanger } from './envelope.rules.ts';
import { sealNotices } from './notices.ts';
import { endOfDay, viewReferral, type EnvelopeContent } from './open-referral.ts';
import type { DispatchBody, PhoneCall, ReferralView } from './referrals.contract.ts';
import type { ReferralsDeps } from './referrals.routes.ts';
import { moveReferral, referralRow, type ReferralRow } from './referrals.store.ts';
import { servicesOfCase } from './services-of-case.ts';
import { answerDueAt } from './urgency.ts';

type Dispatching = { row: ReferralRow; loaded: LoadedCase; content: DraftContent; sector: string; day: string };

/**
 * Sends a referral: copies exactly the chosen values into an envelope with a key of its own, grants it to the
 * recipient and to the sender, and nothing else. Names the consent, or the legal basis.
 * @throws AppError CONSENT_MISSING, DESK_CONFLICT, CALL_REQUIRED for U0 without a call, STATE_CONFLICT
 */
export async function dispatchReferral(
  deps: ReferralsDeps,
  call: Call<{ referralId: string }, unknown, DispatchBody>,
): Promise<Answer<ReferralView>> {
  const { work, body } = call;
  const day = vietnamDay(work.nowMs);
  const row = await referralRow(work, call.params.referralId);
  if (row.sentAt !== null) throw new AppError('STATE_CONFLICT');
  if (row.endsOn < day) throw invalid({ path: 'endsOn', code: 'DATE_IN_PAST' });
  await requireOpenDesk(work, row.id);
  const [loaded, draft] = await Promise.all([
    loadCase(deps, work, { caseId: row.caseId }),
    loadDraftContent(deps, work, { caseId: row.caseId, referralId: row.id }),
  ]);
  const { content } = draft;
  requireCall(content.urgency, body.call, work.nowMs);
  const sector = deps.directory.service(content.service, day)?.sector ?? '';
  const dispatching = { row, loaded, content, sector, day };
  const basis = await basisOf(deps, work, { ...dispatching, body });
  await seal(deps, work, { ...dispatching, basis, call: body.call ?? null });
  const counting = { ...deps, servicesOf: servicesOfCase(deps.keys) };
  await renewStatistics(counting, work, { subject: loaded.keys, content: loaded.content });
  work.record({
    ownerAgencyId: row.senderAgencyId,
    caseIds: [row.caseId],
    fields: [...content.fields].toSorted(),
    reasonCode: basis.code,
  });
  return viewReferral(deps, work, row.id);
}

/** A clock set a little ahead is no reason to turn an emergency away. */
const CLOCK_SLACK_MS = 5 * MINUTE_MS;

/** Nobody waits for an inbox when a life is at stake: U0 goes with the call that was made, or tried. */
function requireCall(urgency: string, call: PhoneCall | undefined, nowMs: number): void {
  if (urgency === 'U0' && call === undefined) throw new AppError('CALL_REQUIRED');
  if (call === undefined) return;
  if (Date.parse(call.calledAt) > nowMs + CLOCK_SLACK_MS)
    throw invalid({ path: 'call.calledAt', code: 'DATE_IN_FUTURE' });
  if (call.isReached && !call.spokeTo) throw invalid({ path: 'call.spokeTo', code: 'REQUIRED' });
}

type Sealing = Dispatching & { basis: Basis; call: PhoneCall | null };

type Basis = { kind: 'consent' | 'legal'; code: string; consentId: string | null; reason: string | null };

async function basisOf(deps: ReferralsDeps, work: Work, on: Dispatching & { body: DispatchBody }): Promise<Basis> {
  const { body, content, row, day } = on;
  const isOnLegalBasis = !('consentId' in body);
  // The matrix may have changed, and the danger with it, since the draft was written.
  const choice = {
    fields: content.fields,
    sector: on.sector,
    isInDanger: isInDanger(on.loaded.content),
    isOnLegalBasis,
  };
  const faults = choiceFaults(deps.directory.matrix(), choice);
  if (faults.length > 0) throw new AppError('VALIDATION_FAILED', { faults });
  if ('consentId' in body) {
    const consent = (await loadConsents(deps, work, row.caseId)).find((each) => each.id === body.consentId);
    const wanted = {
      recipientAgencyId: row.recipientAgencyId,
      purpose: content.purpose,
      fields: content.fields,
      endsOn: row.endsOn,
      day,
    };
    if (consent === undefined || !covers({ ...consent, ...consent.terms }, wanted))
      throw new AppError('CONSENT_MISSING');
    return { kind: 'consent', code: 'CONSENT', consentId: consent.id, reason: null };
  }
  const isChild = isChildBand(ageBandOf(on.loaded.content.survivor, day));
  if (!legalBasesFor(isChild).includes(body.legalBasis)) throw invalid({ path: 'legalBasis', code: 'INVALID' });
  return { kind: 'legal', code: body.legalBasis, consentId: null, reason: body.reason };
}

async function seal(deps: ReferralsDeps, work: Work, on: Sealing): Promise<void> {
  const { row, content, basis } = on;
  const endsAt = endOfDay(row.endsOn);
  const { recipientAgencyId } = row;
  const grounds = { basisKind: basis.kind, basisId: basis.consentId, members: [] };
  const senders = (await ownHolders(work, on.loaded.file)).map((holder) => ({ ...holder, ...grounds, endsAt: null }));
  const subject = { kind: 'referral' as const, id: row.id, caseId: row.caseId, ownerAgencyId: row.senderAgencyId };
  const [keys, notices] = await Promise.all([
    deps.keys.subjects.create(work, subject, {
      compartments: REFERRAL_COMPARTMENTS,
      grants: [{ agencyId: recipientAgencyId, ...grounds, endsAt }, ...senders],
    }),
    sealNotices(deps.keys, { ...row, referralId: row.id }, noticeOf(deps, on)),
  ]);
  await writeDocuments(work, keys, [
    { recordKind: 'referral', recordId: row.id, compartment: 'envelope', content: envelopeOf(deps, on) },
  ]);
  const dueAt = answerDueAt(deps.directory, content.urgency, work.nowMs);
  await moveReferral(work, row, {
    to: 'sent',
    change: { sentAt: work.now, dueAt, basisKind: basis.kind, consentId: basis.consentId, ...notices },
  });
}

function envelopeOf(deps: ReferralsDeps, { row, loaded, content, sector, basis, day, call }: Sealing): EnvelopeContent {
  const matrix = deps.directory.matrix();
  const source = {
    caseCode: loaded.file.code,
    content: loaded.content,
    ageBand: ageBandOf(loaded.content.survivor, day),
    service: content.service,
  };
  const danger = isInDanger(loaded.content);
  const chosen = content.fields.map((field) => ({
    field,
    form: shareOf(matrix, { sector, field, isInDanger: danger }).form,
  }));
  return {
    fields: envelopeFields(source, chosen),
    purpose: content.purpose,
    note: content.note,
    endsOn: row.endsOn,
    basis: basis.code,
    reason: basis.reason,
    call,
  };
}

function noticeOf(deps: ReferralsDeps, { row, loaded, content, basis, day }: Sealing) {
  const ageBand = ageBandOf(loaded.content.survivor, day);
  return {
    caseCode: loaded.file.code,
    service: content.service,
    urgency: content.urgency,
    sender: deps.directory.agencyName(row.senderAgencyId),
    recipient: deps.directory.agencyName(row.recipientAgencyId),
    areaCode: loaded.content.incidents.at(-1)?.value.place.areaCode ?? '',
    ageBand,
    isChild: isChildBand(ageBand),
    basis: basis.code,
  };
}
