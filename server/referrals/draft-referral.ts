import { loadCase } from '../cases/index.ts';
import { covers, loadConsents } from '../consent/index.ts';
import type { Work } from '../db/work.ts';
import type { Answer, Call } from '../http/endpoint.ts';
import { vietnamDay } from '../kernel/clock.ts';
import { AppError, invalid, type FieldFault } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { choiceFaults } from './dispatch.rules.ts';
import { draftContentOf, loadDraftContent, writeDraftContent, type DraftContent } from './draft-content.ts';
import { isInDanger } from './envelope.rules.ts';
import { viewReferral } from './open-referral.ts';
import type { ChangeReferralBody, DraftReferralBody, ReferralView } from './referrals.contract.ts';
import type { ReferralsDeps } from './referrals.routes.ts';
import { deleteDraftReferral, insertReferral, moveReferral, referralRow } from './referrals.store.ts';
import { priorityOf } from './urgency.ts';

/** Drafts a referral: nothing leaves yet. Without a consent that covers it whole, it awaits one. */
export async function draftReferral(
  deps: ReferralsDeps,
  call: Call<{ caseId: string }, unknown, DraftReferralBody>,
): Promise<Answer<ReferralView>> {
  const { work, body } = call;
  const { caseId } = call.params;
  const loaded = await loadCase(deps, work, { caseId });
  if (loaded.file.stage === 'closed') throw new AppError('STATE_CONFLICT');
  const content = draftContentOf(body);
  const faults = [
    ...partyFaults(deps, work, body),
    ...draftFaults(deps, work, { ...body, isInDanger: isInDanger(loaded.content) }),
  ];
  if (faults.length > 0) throw new AppError('VALIDATION_FAILED', { faults });
  const referralId = newId();
  const state = await draftState(deps, work, {
    caseId,
    recipientAgencyId: body.recipientAgencyId,
    endsOn: body.endsOn,
    content,
  });
  const { staffId, agencyId } = work.staff;
  const parties = { caseId, senderAgencyId: agencyId, recipientAgencyId: body.recipientAgencyId, createdBy: staffId };
  const priority = priorityOf(deps.directory, body.urgency, work.nowMs);
  await insertReferral(work, { id: referralId, ...parties, state, priority, endsOn: body.endsOn, createdAt: work.now });
  await writeDraftContent(work, loaded.keys, { referralId, content });
  work.record({
    objectKind: 'referral',
    objectId: referralId,
    ownerAgencyId: work.staff.agencyId,
    caseIds: [caseId],
    fields: [...body.fields].toSorted(),
  });
  return { ...(await viewReferral(deps, work, referralId)), resourceId: referralId };
}

/** Changes a draft; `If-Match` guards against two people changing it at once. */
export async function changeReferral(
  deps: ReferralsDeps,
  call: Call<{ referralId: string }, unknown, ChangeReferralBody>,
): Promise<Answer<ReferralView>> {
  const { work, body } = call;
  const row = await referralRow(work, call.params.referralId);
  if (row.version !== call.version) throw new AppError('VERSION_STALE');
  if (row.state !== 'draft' && row.state !== 'awaiting_consent') throw new AppError('STATE_CONFLICT');
  const [loaded, draft] = await Promise.all([
    loadCase(deps, work, { caseId: row.caseId }),
    loadDraftContent(deps, work, { caseId: row.caseId, referralId: row.id }),
  ]);
  const { note, endsOn = row.endsOn, ...chosen } = body;
  const content = { ...draft.content, ...definedOnly(chosen), ...(note === undefined ? {} : { note }) };
  const { recipientAgencyId } = row;
  const faults = [
    ...serviceFaults(deps, recipientAgencyId, content.service),
    ...draftFaults(deps, work, { ...content, recipientAgencyId, endsOn, isInDanger: isInDanger(loaded.content) }),
  ];
  if (faults.length > 0) throw new AppError('VALIDATION_FAILED', { faults });
  const state = await draftState(deps, work, {
    caseId: row.caseId,
    recipientAgencyId,
    endsOn,
    content,
  });
  await moveReferral(work, row, {
    to: state,
    mayStay: true,
    change: { endsOn, priority: priorityOf(deps.directory, content.urgency, work.nowMs) },
  });
  await writeDraftContent(work, draft.keys, { referralId: row.id, content, previous: draft.document });
  work.record({ ownerAgencyId: row.senderAgencyId, caseIds: [row.caseId], fields: Object.keys(body).toSorted() });
  return viewReferral(deps, work, row.id);
}

export async function discardReferral(
  call: Call<{ referralId: string }, unknown, unknown>,
): Promise<Answer<Record<string, never>>> {
  const row = await referralRow(call.work, call.params.referralId);
  await deleteDraftReferral(call.work, row.id);
  call.work.record({ ownerAgencyId: row.senderAgencyId, caseIds: [row.caseId] });
  return { body: {} };
}

function definedOnly(chosen: Omit<ChangeReferralBody, 'note' | 'endsOn'>): Partial<DraftContent> {
  return Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined));
}

function partyFaults(deps: ReferralsDeps, work: Work, body: DraftReferralBody): FieldFault[] {
  const recipient = deps.directory.agency(body.recipientAgencyId);
  const isKnown =
    recipient !== undefined && recipient.id !== work.staff.agencyId && recipient.services.includes(body.service);
  return isKnown ? [] : [{ path: 'recipientAgencyId', code: 'INVALID' }];
}

/** The service names the sector, and the sector what may be sent: it must stay one that this recipient offers. */
function serviceFaults(deps: ReferralsDeps, recipientAgencyId: string, service: string): FieldFault[] {
  const isOffered = deps.directory.agency(recipientAgencyId)?.services.includes(service) === true;
  return isOffered ? [] : [{ path: 'service', code: 'INVALID' }];
}

type Drafted = Pick<DraftReferralBody, 'recipientAgencyId' | 'service' | 'fields' | 'endsOn'> & { isInDanger: boolean };

function draftFaults(deps: ReferralsDeps, work: Work, draft: Drafted): FieldFault[] {
  const day = vietnamDay(work.nowMs);
  const sector = deps.directory.service(draft.service, day)?.sector;
  if (sector === undefined) throw invalid({ path: 'service', code: 'CODE_UNKNOWN' });
  const past: FieldFault[] = draft.endsOn < day ? [{ path: 'endsOn', code: 'DATE_IN_PAST' }] : [];
  return [
    ...past,
    ...choiceFaults(deps.directory.matrix(), {
      fields: draft.fields,
      sector,
      isInDanger: draft.isInDanger,
      isOnLegalBasis: false,
    }),
  ];
}

type Covering = { caseId: string; recipientAgencyId: string; endsOn: string; content: DraftContent };

async function draftState(deps: ReferralsDeps, work: Work, draft: Covering): Promise<'draft' | 'awaiting_consent'> {
  const { fields, purpose } = draft.content;
  const wanted = {
    recipientAgencyId: draft.recipientAgencyId,
    purpose,
    fields,
    endsOn: draft.endsOn,
    day: vietnamDay(work.nowMs),
  };
  const consents = await loadConsents(deps, work, draft.caseId);
  return consents.some((consent) => covers({ ...consent, ...consent.terms }, wanted)) ? 'draft' : 'awaiting_consent';
}
