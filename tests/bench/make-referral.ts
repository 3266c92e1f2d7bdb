import { ageBandOf } from '../../server/cases/index.ts';
import type { Note, Work } from '../../server/db/work.ts';
import { shareOf } from '../../server/directory/disclosure-matrix.ts';
import { vietnamDay } from '../../server/kernel/clock.ts';
import { newId } from '../../server/kernel/ids.ts';
import { REFERRAL_COMPARTMENTS, writeDocuments } from '../../server/keys/index.ts';
import { writeDraftContent } from '../../server/referrals/draft-content.ts';
import { envelopeFields } from '../../server/referrals/envelope.rules.ts';
import { sealNotices } from '../../server/referrals/notices.ts';
import { DRAFT_REFERRAL_EXAMPLE } from '../../server/referrals/referrals.examples.ts';
import { insertReferral } from '../../server/referrals/referrals.store.ts';
import { recipientFor, type Recipient } from './cast.ts';
import type { MadeCase, Making } from './make-case.ts';
import { dayFromToday } from './people.ts';

const STATES = ['draft', 'sent', 'sent', 'received', 'accepted', 'accepted', 'in_service', 'completed'] as const;
const ANSWERED: readonly string[] = ['accepted', 'in_service', 'completed'];

type State = (typeof STATES)[number];
type Given = { n: number; made: MadeCase; answers: Note[] };
type Parts = { made: MadeCase; referralId: string; recipient: Recipient; state: State };

/** One referral in the state that its number gives it, with everything that state has left behind. */
export async function makeReferral(making: Making, work: Work, { n, made, answers }: Given): Promise<void> {
  const state = STATES[n % STATES.length] ?? 'draft';
  const recipient = recipientFor(making.stage, work.staff.agencyId);
  const parts = { made, referralId: newId(), recipient, state };
  const note = noteOf(work, parts);
  await writeDraftContent(work, made.keys, { referralId: parts.referralId, content: draftContent() });
  work.record({ ...note, action: 'referral.draft' });
  const notices = state === 'draft' ? NO_NOTICES : await send(making, work, parts);
  if (state !== 'draft') work.record({ ...note, action: 'referral.dispatch', reasonCode: 'CONSENT' });
  if (ANSWERED.includes(state)) answers.push({ ...note, action: 'referral.accept' });
  await insertReferral(work, { ...rowOf(work, parts), ...notices });
}

const NO_NOTICES = { senderKeyVersion: null, senderNotice: null, recipientKeyVersion: null, recipientNotice: null };

function draftContent() {
  const { service, urgency, purpose, fields, note } = DRAFT_REFERRAL_EXAMPLE;
  return { service, urgency, purpose, fields, note };
}

function noteOf(work: Work, { made, referralId }: Parts): Note {
  const fields = DRAFT_REFERRAL_EXAMPLE.fields.toSorted();
  const ownerAgencyId = work.staff.agencyId;
  return { objectKind: 'referral', objectId: referralId, ownerAgencyId, caseIds: [made.caseId], fields };
}

function rowOf(work: Work, { made, referralId, recipient, state }: Parts) {
  const at = timesOf(state, work.now);
  return {
    id: referralId,
    caseId: made.caseId,
    senderAgencyId: work.staff.agencyId,
    recipientAgencyId: recipient.agencyId,
    state,
    priority: 3,
    basisKind: at.sentAt === null ? null : ('consent' as const),
    consentId: at.sentAt === null ? null : made.consentId,
    endsOn: dayFromToday(90),
    createdBy: work.staff.staffId,
    createdAt: work.now,
    ...at,
    openedAt: null,
    version: 1,
  };
}

function timesOf(state: State, now: Date) {
  const when = (has: boolean): Date | null => (has ? now : null);
  return {
    sentAt: when(state !== 'draft'),
    dueAt: when(state !== 'draft'),
    receivedAt: when(state !== 'draft' && state !== 'sent'),
    answeredAt: when(ANSWERED.includes(state)),
    closedAt: when(state === 'completed'),
  };
}

async function send({ stage, keys, directory }: Making, work: Work, parts: Parts) {
  const { made, referralId, recipient, state } = parts;
  const ownerAgencyId = work.staff.agencyId;
  const members = ANSWERED.includes(state) ? [{ staffId: recipient.officer, role: 'member' as const }] : [];
  const basis = { basisKind: 'consent', basisId: made.consentId, endsAt: null };
  const subject = await keys.subjects.create(
    work,
    { kind: 'referral', id: referralId, caseId: made.caseId, ownerAgencyId },
    {
      compartments: REFERRAL_COMPARTMENTS,
      grants: [
        { agencyId: recipient.agencyId, ...basis, members },
        { agencyId: ownerAgencyId, ...basis, members: [] },
      ],
    },
  );
  const sector = stage.district.agencies.find((agency) => agency.id === recipient.agencyId)?.sectors[0] ?? '';
  const content = { ...envelopeOf(directory.matrix(), made, sector), basis: 'CONSENT', reason: null };
  await writeDocuments(work, subject, [
    { recordKind: 'referral', recordId: referralId, compartment: 'envelope', content },
  ]);
  const parties = {
    referralId,
    caseId: made.caseId,
    senderAgencyId: ownerAgencyId,
    recipientAgencyId: recipient.agencyId,
  };
  return sealNotices(keys, parties, {
    caseCode: made.code,
    service: DRAFT_REFERRAL_EXAMPLE.service,
    urgency: DRAFT_REFERRAL_EXAMPLE.urgency,
    sender: directory.agencyName(ownerAgencyId),
    recipient: directory.agencyName(recipient.agencyId),
    areaCode: made.body.incident.place.areaCode,
    ageBand: 'B25_59',
    isChild: false,
    basis: 'CONSENT',
  });
}

function envelopeOf(matrix: Parameters<typeof shareOf>[0], { body, code }: MadeCase, sector: string) {
  const { basis, survivor, perpetrators, incident, report, children, risk } = body;
  const content = {
    facts: { kind: incident.kind, report, children, risk },
    basis,
    perpetrators,
    survivor,
    incidents: [{ id: '', value: incident }],
  };
  const { fields, purpose, note, service } = DRAFT_REFERRAL_EXAMPLE;
  const source = { caseCode: code, content, ageBand: ageBandOf(survivor, vietnamDay(Date.now())), service };
  const chosen = fields.map((field) => ({ field, form: shareOf(matrix, { sector, field, isInDanger: false }).form }));
  return { fields: envelopeFields(source, chosen), purpose, note, endsOn: dayFromToday(90) };
}
