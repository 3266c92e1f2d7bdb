import { randomBytes } from 'node:crypto';
import type * as z from 'zod';
import type { Work } from '../db/work.ts';
import type { Answer, Call } from '../http/endpoint.ts';
import { vietnamDay } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import {
  CASE_COMPARTMENTS,
  statisticsDraft,
  writeDocuments,
  type DocumentDraft,
  type OpenSubject,
} from '../keys/index.ts';
import { noteSurname, requireKnownStaff, settleConflicts } from '../safeguards/index.ts';
import { ageBandOf } from './age.rules.ts';
import { caseCode } from '../kernel/case-code.ts';
import { caseContent, caseDrafts, incidentDrafts, namesIn, survivorDrafts } from './case-documents.rules.ts';
import type { registeredCase, RegisterCaseBody } from './cases.contract.ts';
import type { CasesDeps } from './cases.routes.ts';
import { caseFile, insertBlindIndexes, insertCase } from './cases.store.ts';
import { discardDraftRow } from './drafts.store.ts';
import { blindIndexesOf } from './party-indexes.ts';
import { registrationFaults } from './registration.rules.ts';
import { urgencyOf, type Urgency } from './risk.rules.ts';
import { newRecord } from './write-statistics.ts';

type Registered = Answer<z.input<typeof registeredCase>>;

/**
 * Registers one case with its first incident: a fresh key per compartment, sealed to the agency, the registering
 * person as lead of the team. Nothing is stored in words. Whoever turns out to have a conflict of interest with what she
 * typed herself loses nothing of it: the case passes to a supervisor, and the answer says only that it was received.
 * @throws AppError VALIDATION_FAILED for dates, numbers or a basis that cannot stand; DESK_CONFLICT where nobody may take it
 */
export async function registerCase(
  deps: CasesDeps,
  call: Call<unknown, unknown, RegisterCaseBody>,
): Promise<Registered> {
  const { work, body } = call;
  const day = vietnamDay(work.nowMs);
  const faults = registrationFaults(body, day);
  if (faults.length > 0) throw new AppError('VALIDATION_FAILED', { faults });
  await requireKnownStaff(work, body.exclusions ?? []);
  const row = newCaseFile(work, body, urgencyOf(deps.directory, body.risk, { now: work.now, day }));
  const caseId = row.id;
  const parties = partiesOf(body, day);
  const drafts = draftsOf(body, caseId, parties);
  const keys = await makeCase(deps, work, { row, drafts });
  await insertBlindIndexes(work, blindIndexesOf(deps.keys, keys, parties));
  if (body.draftId !== undefined) work.later(discardDraftRow(work, body.draftId));
  const isHandedOver = await settleConflicts(work, caseId, body.exclusions);
  noteSurname(deps, work, { caseId, names: namesIn(body) });
  work.record({
    objectKind: 'case',
    objectId: caseId,
    ownerAgencyId: row.ownerAgencyId,
    caseIds: [caseId],
    compartments: CASE_COMPARTMENTS,
    ...(isHandedOver ? { reasonCode: 'HANDED_OVER' } : {}),
  });
  return isHandedOver ? handedOver(caseId) : { body: registered(row), version: 1, resourceId: caseId };
}

function newCaseFile(work: Work, body: RegisterCaseBody, urgency: Urgency) {
  const { staffId, agencyId } = work.staff;
  return {
    id: newId(),
    code: caseCode(randomBytes(8)),
    ownerAgencyId: agencyId,
    stage: 'new',
    priority: urgency.priority,
    dueAt: urgency.dueAt,
    assigneeId: staffId,
    basisKind: body.basis.code === 'CONSENT' ? ('consent' as const) : ('legal' as const),
    version: 1,
    createdBy: staffId,
    createdAt: work.now,
    changedAt: work.now,
    isDemonstration: work.request.isDemonstration,
  };
}

type Parties = ReturnType<typeof partiesOf>;

function partiesOf(body: RegisterCaseBody, day: string) {
  return {
    survivorId: newId(),
    survivor: { ...body.survivor, ageBand: ageBandOf(body.survivor, day) },
    perpetrators: body.perpetrators.map((perpetrator) => ({ ...perpetrator, id: newId() })),
    representative: body.basis.representative,
  };
}

function draftsOf(body: RegisterCaseBody, caseId: string, parties: Parties): DocumentDraft[] {
  const { survivorId, survivor, perpetrators } = parties;
  const facts = { kind: body.incident.kind, report: body.report, children: body.children, risk: body.risk };
  return [
    ...caseDrafts({ caseId, survivorId }, { facts, basis: body.basis, perpetrators }),
    ...survivorDrafts(survivorId, survivor),
    ...incidentDrafts(newId(), body.incident),
  ];
}

type Making = { row: ReturnType<typeof newCaseFile>; drafts: readonly DocumentDraft[] };

/** The case with its team, keys and documents, its record for the statistics among them; the statements leave together. */
async function makeCase({ keys, directory }: CasesDeps, work: Work, { row, drafts }: Making): Promise<OpenSubject> {
  const { staffId, agencyId } = work.staff;
  const subject = { kind: 'case' as const, id: row.id, caseId: row.id, ownerAgencyId: agencyId };
  const members = [{ staffId, role: 'lead' as const }];
  const grant = { agencyId, basisKind: 'registration', basisId: null, endsAt: null, members };
  const record = newRecord(directory, caseContent(drafts));
  const aside = record === undefined ? undefined : await keys.statistics.aside(work, record.period);
  // In this order on one connection: the case, its grants and team, then what they let be written.
  await insertCase(work, row);
  const opened = await keys.subjects.create(work, subject, { compartments: CASE_COMPARTMENTS, grants: [grant], aside });
  const counted = record === undefined ? [] : [statisticsDraft(row.id, record.content)];
  await writeDocuments(work, opened, [...drafts, ...counted]);
  return opened;
}

/** A repeated request answers with the case it made, read again under today's rights: it may be in other hands by now. */
export async function replayRegistration(call: Call<unknown, unknown, unknown>, caseId: string): Promise<Registered> {
  const row = await caseFile(call.work, caseId);
  const ownerAgencyId = row?.ownerAgencyId ?? call.work.staff.agencyId;
  call.work.record({ objectKind: 'case', objectId: caseId, ownerAgencyId, caseIds: [caseId] });
  if (row === undefined) return handedOver(caseId);
  return { body: registered(row), version: row.version, resourceId: caseId };
}

type Line = { id: string; code: string; version: number; stage: string; priority: number; dueAt: Date | null };

function registered(row: Line): Registered['body'] {
  const { id, code, version, stage, priority, dueAt } = row;
  return { id, code, version, stage, priority, dueAt: dueAt?.toISOString() ?? null, isHandedOver: false };
}

/** The same for every case that is not hers, whatever the reason. */
function handedOver(caseId: string): Registered {
  const body = { id: caseId, code: '', version: 1, stage: 'new', priority: 4, dueAt: null, isHandedOver: true };
  return { body, version: 1, resourceId: caseId };
}
