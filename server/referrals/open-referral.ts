import type { Work } from '../db/work.ts';
import type { Answer, Call } from '../http/endpoint.ts';
import { HOUR_MS } from '../kernel/clock.ts';
import { currentDocuments, grantsOf, openDocuments, type OpenedDocument } from '../keys/index.ts';
import { noteSurname } from '../safeguards/index.ts';
import { actionsFor, isOver, type Standing } from './actions.rules.ts';
import { loadDraftContent } from './draft-content.ts';
import { namesIn } from './envelope.rules.ts';
import { referralLineOf } from './list-referrals.ts';
import { openNotice } from './notices.ts';
import type { EnvelopeField, Feedback, PhoneCall, ReferralView } from './referrals.contract.ts';
import type { ReferralsDeps } from './referrals.routes.ts';
import { markOpened, referralRow, type ReferralRow } from './referrals.store.ts';
import { isCaseMember, teamOfReferral } from './team.store.ts';

/** What was sent, as it lies in the envelope. */
export type EnvelopeContent = {
  fields: EnvelopeField[];
  purpose: string;
  note: string | null;
  endsOn: string;
  basis: string;
  reason: string | null;
  call: PhoneCall | null;
};

/**
 * Opens a referral. The sender's case team sees what was sent and what came of it, its supervisor only when stating
 * supervision; the recipient's desk the notice; those whom the desk assigned the envelope. Reading changes no state;
 * that the envelope was opened is remembered once.
 */
export async function openReferral(
  deps: ReferralsDeps,
  call: Call<{ referralId: string }, unknown, unknown>,
): Promise<Answer<ReferralView>> {
  const { work } = call;
  const answer = await viewReferral(deps, work, call.params.referralId);
  const isByRecipient = !call.facts.isSender;
  if (isByRecipient && answer.body.envelope !== null) await markOpened(work, call.params.referralId);
  work.record({
    ownerAgencyId: call.facts.ownerAgencyId,
    caseIds: call.facts.caseId === null ? [] : [call.facts.caseId],
    compartments: answer.body.envelope === null ? ['notice'] : ['notice', 'envelope'],
    fields: answer.body.envelope?.fields.map((field) => field.field).toSorted() ?? [],
  });
  return answer;
}

/** The view without its event: for use cases that answer with the referral they changed. */
export async function viewReferral(deps: ReferralsDeps, work: Work, referralId: string): Promise<Answer<ReferralView>> {
  const row = await referralRow(work, referralId);
  const { agencyId, staffId, roles } = work.staff;
  const isSender = row.senderAgencyId === agencyId;
  const reviewing = isReviewing(work, row);
  const [team, isMember, sent, documents] = await Promise.all([
    teamOfReferral(work, referralId),
    isSender && isCaseMember(work, row.caseId),
    openNotice(deps.keys, row, work),
    reviewing.then((isSo) => (isSo ? [] : openedDocuments(deps, work, row))),
  ]);
  const isAssigned = team.some((member) => member.id === staffId);
  const standing = {
    isSender,
    isCaseMember: isMember,
    isDesk: roles.includes('duty_officer'),
    isAssigned,
    isOver: isOver(row, work.nowMs),
  };
  const { notice, draft } =
    isMember && row.sentAt === null ? await draftPart(deps, work, row) : { notice: sent, draft: null };
  const body: ReferralView = {
    ...referralLineOf(deps.directory, { ...row, isMine: isAssigned }, { agencyId, notice }),
    note: null,
    isPseudonymous: await reviewing,
    envelope: envelopeOf(documents, standing),
    draft,
    assignees: team,
    openedAt: isSender ? isoOrNull(row.openedAt) : null,
    feedback: feedbackOf(documents),
    steps: stepsOf(deps, row),
    actions: actionsFor(row.state, standing),
    dutyDesk: deps.directory.agency(isSender ? row.recipientAgencyId : row.senderAgencyId)?.dutyDesk ?? null,
  };
  noteSurname(deps, work, { caseId: row.caseId, names: namesIn(body.envelope) });
  return { body, version: row.version };
}

/** A supervisor of the sender who is not on the team and has not stated supervision. */
async function isReviewing(work: Work, row: ReferralRow): Promise<boolean> {
  const { agencyId, roles } = work.staff;
  const mayBe = row.senderAgencyId === agencyId && roles.includes('supervisor') && work.purpose !== 'supervision';
  return mayBe && !(await isCaseMember(work, row.caseId));
}

/** Before dispatch the sender's own choice stands in place of what was sent. */
async function draftPart(
  deps: ReferralsDeps,
  work: Work,
  row: ReferralRow,
): Promise<Pick<ReferralView, 'notice' | 'draft'>> {
  const { content } = await loadDraftContent(deps, work, { caseId: row.caseId, referralId: row.id });
  const { fields, purpose, note } = content;
  return { notice: draftNotice(deps, row, content), draft: { fields, endsOn: row.endsOn, purpose, note } };
}

function feedbackOf(documents: readonly OpenedDocument[]): Feedback[] {
  return documents
    .filter((document) => document.compartment === 'feedback')
    .map((document) => document.content as Feedback);
}

function isoOrNull(at: Date | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

async function openedDocuments(deps: ReferralsDeps, work: Work, row: ReferralRow): Promise<OpenedDocument[]> {
  if (row.sentAt === null) return [];
  const [grants, rows] = await Promise.all([grantsOf(work, row.id), currentDocuments(work, row.id)]);
  if (grants.length === 0 || rows.length === 0) return [];
  return openDocuments(await deps.keys.subjects.open(work, row.id), rows);
}

function envelopeOf(documents: readonly OpenedDocument[], standing: Standing): ReferralView['envelope'] {
  const envelope = documents.find((document) => document.compartment === 'envelope');
  if (envelope === undefined || (!standing.isSender && !standing.isAssigned)) return null;
  const { fields, purpose, note, endsOn, call, reason } = envelope.content as EnvelopeContent;
  return { fields, purpose, note, call, reason, endsAt: endOfDay(endsOn).toISOString() };
}

/** The last moment of a calendar day in Viet Nam. */
export function endOfDay(day: string): Date {
  return new Date(Date.parse(`${day}T00:00:00+07:00`) + 24 * HOUR_MS - 1);
}

function draftNotice(
  deps: ReferralsDeps,
  row: ReferralRow,
  draft: { service: string; urgency: string },
): ReferralView['notice'] {
  const name = (id: string) => deps.directory.agencyName(id);
  return {
    caseCode: '',
    service: draft.service,
    urgency: draft.urgency,
    sender: name(row.senderAgencyId),
    recipient: name(row.recipientAgencyId),
    areaCode: '',
    ageBand: '',
    isChild: false,
    basis: '',
  };
}

function stepsOf(deps: ReferralsDeps, row: ReferralRow): ReferralView['steps'] {
  const sender = { displayName: '', agency: deps.directory.agencyName(row.senderAgencyId) };
  const recipient = { displayName: '', agency: deps.directory.agencyName(row.recipientAgencyId) };
  const steps = [
    { at: row.createdAt, action: 'referral.draft', actor: sender },
    { at: row.sentAt, action: 'referral.dispatch', actor: sender },
    { at: row.receivedAt, action: 'referral.receive', actor: recipient },
    { at: row.answeredAt, action: row.state === 'declined' ? 'referral.decline' : 'referral.accept', actor: recipient },
    {
      at: row.state === 'declined' ? null : row.closedAt,
      action: CLOSING[row.state] ?? 'referral.complete',
      actor: closedBy(row.state, { sender, recipient }),
    },
  ];
  return steps.flatMap(({ at, action, actor }) =>
    at === null ? [] : [{ at: new Date(at).toISOString(), action, actor }],
  );
}

type Parties = Record<'sender' | 'recipient', NonNullable<ReferralView['steps'][number]['actor']>>;

/** Nobody ends a referral whose last day is over. */
function closedBy(state: ReferralRow['state'], { sender, recipient }: Parties): Parties['sender'] | null {
  if (state === 'expired') return null;
  return state === 'recalled' || state === 'withdrawn' ? sender : recipient;
}

const CLOSING: Readonly<Record<string, string>> = {
  recalled: 'referral.recall',
  withdrawn: 'consent.withdraw',
  expired: 'referral.expire',
};
