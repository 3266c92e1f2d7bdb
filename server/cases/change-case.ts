import type { Work } from '../db/work.ts';
import type { Answer, Call } from '../http/endpoint.ts';
import { vietnamDay } from '../kernel/clock.ts';
import { AppError, invalid } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { writeDocuments, type DocumentDraft } from '../keys/index.ts';
import { requireKnownStaff, settleConflicts } from '../safeguards/index.ts';
import { ageBandOf } from './age.rules.ts';
import { caseContent, incidentDrafts, survivorDrafts, type CaseContent } from './case-documents.rules.ts';
import type { CaseView, ChangeCaseBody, Incident, Perpetrator } from './cases.contract.ts';
import type { CasesDeps } from './cases.routes.ts';
import { deleteBlindIndexes, insertBlindIndexes, updateCase } from './cases.store.ts';
import { loadCase, type LoadedCase } from './load-content.ts';
import { viewCase } from './open-case.ts';
import { blindIndexesOf } from './party-indexes.ts';
import { changeFaults } from './registration.rules.ts';
import { urgencyOf } from './risk.rules.ts';
import { renewStatistics } from './write-statistics.ts';

/** Stages a case may be moved to by its team; closing has an approval of its own and is not among them. */
const STAGES_OF_WORK = ['case_plan', 'service_provision', 'services_implemented'];

/**
 * Replaces the sections that were sent; each becomes a new revision, earlier ones stay sealed.
 * @throws AppError VERSION_STALE when somebody changed the case meanwhile, STATE_CONFLICT when it is closed
 */
export async function changeCase(
  deps: CasesDeps,
  call: Call<{ caseId: string }, unknown, ChangeCaseBody>,
): Promise<Answer<CaseView>> {
  const { work, body } = call;
  const { caseId } = call.params;
  const day = vietnamDay(work.nowMs);
  const loaded = await loadCase(deps, work, { caseId });
  const faults = changeFaults(body, loaded.content.survivor, day);
  if (faults.length > 0) throw new AppError('VALIDATION_FAILED', { faults });
  requireStage(loaded.file.stage, body.stage);
  await requireKnownStaff(work, body.exclusions ?? []);
  // A new judgement of the risk starts the clock anew; moving the work on says that she was spoken to.
  const moved = body.stage === undefined ? {} : { dueAt: null };
  const risk = body.risk === undefined ? moved : urgencyOf(deps.directory, body.risk, { now: work.now, day });
  const isCurrent = await updateCase(
    work,
    { caseId, version: call.version },
    { stage: body.stage, ...pick(risk), changedAt: work.now },
  );
  if (!isCurrent) throw new AppError('VERSION_STALE');
  const changed = withIds(body, day);
  const drafts = changedDrafts(loaded, changed);
  if (drafts.length > 0) await writeDocuments(work, loaded.keys, drafts);
  await recount(deps, work, { loaded, body, drafts });
  await replaceIndexes(deps, work, { loaded, changed });
  work.record({ ownerAgencyId: loaded.file.ownerAgencyId, caseIds: [caseId], fields: Object.keys(body).toSorted() });
  // Seen before it is settled: whoever bars herself by what she typed sees it this once, and never again.
  const answer = await viewCase(deps, work, caseId);
  if (concernsConflicts(body)) await settleConflicts(work, caseId, body.exclusions);
  return answer;
}

type Recounting = { loaded: LoadedCase; body: ChangeCaseBody; drafts: readonly DocumentDraft[] };

async function recount(deps: CasesDeps, work: Work, { loaded, body, drafts }: Recounting): Promise<void> {
  if (!concernsStatistics(body)) return;
  // What was just written comes before what it supersedes.
  const content = caseContent([...drafts, ...loaded.documents]);
  await renewStatistics(deps, work, { subject: loaded.keys, content });
}

/** What of a case is counted, or whether it may be. */
function concernsStatistics({ survivor, perpetrators, incident, report, isReportUseAgreed }: ChangeCaseBody): boolean {
  return [survivor, perpetrators, incident, report, isReportUseAgreed].some((part) => part !== undefined);
}

/** Who the parties are, or whom she does not want. */
function concernsConflicts({ survivor, perpetrators, exclusions }: ChangeCaseBody): boolean {
  return survivor !== undefined || perpetrators !== undefined || exclusions !== undefined;
}

function pick(urgency: { priority?: number; dueAt?: Date | null }): { priority?: number; dueAt?: Date | null } {
  const { priority, dueAt } = urgency;
  return { ...(priority === undefined ? {} : { priority }), ...(dueAt === undefined ? {} : { dueAt }) };
}

function requireStage(from: string, to: string | undefined): void {
  if (from === 'closed') throw new AppError('STATE_CONFLICT');
  if (to !== undefined && !STAGES_OF_WORK.includes(to)) throw invalid({ path: 'stage', code: 'INVALID' });
}

function withIds(body: ChangeCaseBody, day: string): ChangeCaseBody {
  const { survivor, perpetrators } = body;
  return {
    ...body,
    ...(survivor === undefined ? {} : { survivor: { ...survivor, ageBand: ageBandOf(survivor, day) } }),
    ...(perpetrators === undefined
      ? {}
      : { perpetrators: perpetrators.map((each): Perpetrator => ({ ...each, id: each.id ?? newId() })) }),
  };
}

function changedDrafts(loaded: LoadedCase, body: ChangeCaseBody): DocumentDraft[] {
  const survivorId = loaded.documents.find((row) => row.recordKind === 'survivor')?.recordId ?? '';
  const drafts: DocumentDraft[] = [
    ...caseRecordDrafts(loaded, body),
    ...(body.survivor === undefined ? [] : survivorDrafts(survivorId, body.survivor)),
    ...(body.incident === undefined
      ? []
      : incidentDrafts(knownIncident(loaded, body.incident.id), body.incident.value)),
  ];
  return drafts.map((draft) => ({ ...draft, ...previousOf(loaded, draft) }));
}

function caseRecordDrafts({ file, content }: LoadedCase, body: ChangeCaseBody): DocumentDraft[] {
  const { perpetrators, isReportUseAgreed } = body;
  const record = { recordKind: 'case', recordId: file.id };
  const facts = changedFacts(content, body);
  return [
    ...(Object.keys(facts).length > 0
      ? [{ ...record, compartment: 'facts', content: { ...content.facts, ...facts } }]
      : []),
    ...(perpetrators ? [{ ...record, compartment: 'perpetrator', content: { perpetrators } }] : []),
    ...(isReportUseAgreed === undefined
      ? []
      : [{ ...record, compartment: 'legal', content: { basis: { ...content.basis, isReportUseAgreed } } }]),
  ];
}

/** What a change says of the case itself; nothing where it leaves that as it is. */
function changedFacts(content: CaseContent, body: ChangeCaseBody): Partial<CaseContent['facts']> {
  const { risk, children, report } = body;
  const kind = changedKind(content, body);
  return {
    ...(risk && { risk }),
    ...(children && { children }),
    ...(report && { report }),
    ...(kind && { kind }),
  };
}

/** A case is of the kind of its first incident, as when it was registered. */
function changedKind({ facts, incidents }: CaseContent, { incident }: ChangeCaseBody): Incident['kind'] | undefined {
  if (incident === undefined || incident.id !== incidents[0]?.id) return undefined;
  return incident.value.kind === facts.kind ? undefined : incident.value.kind;
}

function knownIncident(loaded: LoadedCase, incidentId: string): string {
  if (!loaded.content.incidents.some((incident) => incident.id === incidentId))
    throw invalid({ path: 'incident.id', code: 'INVALID' });
  return incidentId;
}

function previousOf(loaded: LoadedCase, draft: DocumentDraft): Pick<DocumentDraft, 'previous'> | Record<string, never> {
  const previous = loaded.documents.find(
    (row) => row.recordId === draft.recordId && row.compartment === draft.compartment,
  );
  return previous === undefined ? {} : { previous };
}

type Replacing = { loaded: LoadedCase; changed: ChangeCaseBody };

async function replaceIndexes(
  deps: CasesDeps,
  work: Parameters<typeof insertBlindIndexes>[0],
  { loaded, changed }: Replacing,
): Promise<void> {
  const { survivor, perpetrators } = changed;
  const survivorId = loaded.documents.find((row) => row.recordKind === 'survivor')?.recordId;
  if (survivor !== undefined) await deleteBlindIndexes(work, loaded.file.id, 'survivor');
  if (perpetrators !== undefined) await deleteBlindIndexes(work, loaded.file.id, 'perpetrator');
  const parties = {
    ...(survivor && survivorId ? { survivor, survivorId } : {}),
    ...(perpetrators ? { perpetrators } : {}),
  };
  await insertBlindIndexes(work, blindIndexesOf(deps.keys, loaded.keys, parties));
}
