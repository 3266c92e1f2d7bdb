import type { Directory } from '../directory/directory.ts';
import type { Work } from '../db/work.ts';
import type { Answer, Call } from '../http/endpoint.ts';
import { AppError } from '../kernel/errors.ts';
import { eventsOfFinding } from './events.store.ts';
import { explanationsOf, type ExplanationRow } from './explanations.store.ts';
import type { FindingState } from './finding-states.rules.ts';
import type { FindingLine, FindingsQuery, FindingView } from './findings.contract.ts';
import { findingRow, findingRows, type FindingRow } from './findings.store.ts';
import { lineOf } from './lines.ts';
import { openText, type LineKeys } from './sealed-words.ts';

export type FindingDeps = { directory: Directory; keys: LineKeys };

const UNSETTLED: readonly FindingState[] = ['open', 'asked', 'answered'];
const BOXES: Readonly<Record<'unsettled' | 'closed' | 'all', readonly FindingState[]>> = {
  unsettled: UNSETTLED,
  closed: ['closed'],
  all: [...UNSETTLED, 'closed'],
};

/** The findings of the auditor's agency, newest first, without their words. */
export async function listFindings(
  { directory }: FindingDeps,
  { work, query }: Call<unknown, FindingsQuery, unknown>,
): Promise<Answer<{ items: FindingLine[] }>> {
  const rows = await findingRows(work, BOXES[query.state ?? 'all']);
  work.record({ count: rows.length });
  return { body: { items: rows.map((row) => headOf(directory, row)) } };
}

/**
 * One finding with its words, its explanations, and the events it rests on. The event names the finding and not its cases:
 * their teams see who looked at a case, and would learn of a finding about one of them before they are asked.
 */
export async function openFinding(
  deps: FindingDeps,
  { work, params, facts }: Call<{ findingId: string }, unknown, unknown>,
): Promise<Answer<FindingView>> {
  const view = await viewFinding(deps, work, params.findingId);
  work.record({ ownerAgencyId: facts.ownerAgencyId });
  return { body: view };
}

/** The view without its event: for use cases that answer with the finding they changed. @throws AppError NOT_FOUND */
export async function viewFinding(deps: FindingDeps, work: Work, id: string): Promise<FindingView> {
  const row = await findingRow(work, id);
  if (row === undefined) throw new AppError('NOT_FOUND');
  const asked = await explanationsOf(work, id);
  const events = await eventsOfFinding(work, id);
  const note = { keyVersion: row.noteKeyVersion, sealed: row.sealedNote };
  return {
    ...headOf(deps.directory, row),
    note: await openText(deps.keys, { agencyId: row.agencyId, table: 'finding', rowId: id, part: 'note' }, note),
    closedByName: row.closedByName,
    explanations: await Promise.all(asked.map((each) => explanationOf(deps.keys, each))),
    events: events.map((event) => lineOf(deps.directory, event)),
  };
}

function headOf(directory: Directory, row: FindingRow): FindingLine {
  const { id, rule, state, auditorName, outcome, actorId, actorName, actorAgencyId } = row;
  return {
    id,
    actor: { id: actorId, displayName: actorName, agency: directory.agencyName(actorAgencyId) },
    rule: rule === null ? null : ruleNamed(directory, rule),
    state,
    foundAt: iso(row.foundAt),
    auditorName,
    dueAt: row.dueAt === null ? null : iso(row.dueAt),
    outcome,
    closedAt: row.closedAt === null ? null : iso(row.closedAt),
  };
}

/** A rule that the data no longer have keeps its code. */
function ruleNamed(directory: Directory, code: string): NonNullable<FindingLine['rule']> {
  const { nameVi = code, nameEn = code } = directory.auditRules().rules.find((rule) => rule.code === code) ?? {};
  return { code, nameVi, nameEn };
}

async function explanationOf(keys: LineKeys, row: ExplanationRow): Promise<FindingView['explanations'][number]> {
  const words = await openWords(keys, row, row.agencyId);
  return { id: row.id, askedByName: row.askedByName, ...datesOf(row), ...words };
}

export function datesOf({ askedAt, dueAt, answeredAt }: ExplanationRow) {
  return { askedAt: iso(askedAt), dueAt: iso(dueAt), answeredAt: answeredAt === null ? null : iso(answeredAt) };
}

/** Opens question and answer in the copy of `agencyId`, whose columns the row carries. */
export async function openWords(
  keys: LineKeys,
  row: ExplanationRow,
  agencyId: string,
): Promise<{ question: string; answer: string | null }> {
  const { id, questionKeyVersion, question, answerKeyVersion, answer } = row;
  const place = { agencyId, table: 'explanation', rowId: id } as const;
  const asked = { keyVersion: questionKeyVersion, sealed: question };
  return {
    question: await openText(keys, { ...place, part: 'question' }, asked),
    answer:
      answerKeyVersion === null || answer === null
        ? null
        : await openText(keys, { ...place, part: 'answer' }, { keyVersion: answerKeyVersion, sealed: answer }),
  };
}

function iso(at: Date): string {
  return new Date(at).toISOString();
}
