import type { Work } from '../db/work.ts';
import type { Answer, Call } from '../http/endpoint.ts';
import { AppError } from '../kernel/errors.ts';
import type { Keys } from '../keys/index.ts';
import { boxRows, breakGlassRow, type BreakGlassRow } from './break-glass.store.ts';
import type { BreakGlassQuery, BreakGlassView } from './safeguards.contract.ts';

const REASON = 1;
const NOTE = 2;

type Words = { text: string };
type About = { id: string; caseId: string; agencyId: string };

/** Words about a use of break-glass lie under the owning agency's own key: its supervisors read them, no partner does. */
export function sealReason(keys: Keys, about: About, text: string) {
  return keys.sealLine(about.agencyId, contextOf(about, REASON), { text } satisfies Words);
}

export function sealNote(keys: Keys, about: About, text: string) {
  return keys.sealLine(about.agencyId, contextOf(about, NOTE), { text } satisfies Words);
}

function contextOf({ id, caseId }: About, revision: number) {
  return { table: 'break_glass', rowId: id, caseId, revision };
}

/** What one was told of, or one's own uses, newest first. */
export async function listBreakGlass(
  deps: { keys: Keys },
  call: Call<unknown, BreakGlassQuery, unknown>,
): Promise<Answer<{ items: BreakGlassView[] }>> {
  const { work, query } = call;
  const rows = await boxRows(work, query.box === 'mine');
  work.record({ caseIds: [...new Set(rows.map((row) => row.caseId))], count: rows.length });
  return { body: { items: await Promise.all(rows.map((row) => viewOf(deps.keys, work, row))) } };
}

/** @throws AppError NOT_FOUND where no row exists for this person */
export async function viewBreakGlass(keys: Keys, work: Work, id: string): Promise<BreakGlassView> {
  const row = await breakGlassRow(work, id);
  if (row === undefined) throw new AppError('NOT_FOUND');
  return viewOf(keys, work, row);
}

async function viewOf(keys: Keys, work: Work, row: BreakGlassRow): Promise<BreakGlassView> {
  const { staffId, agencyId, roles } = work.staff;
  const isMine = row.staffId === staffId;
  const isOurs = row.agencyId === agencyId;
  const { id, caseId, caseCode, staffName, reasonCode } = row;
  return {
    id,
    caseId,
    caseCode,
    staffName,
    agencyId: row.agencyId,
    reasonCode,
    reasonText: isOurs
      ? await words(keys, row, { revision: REASON, keyVersion: row.reasonKeyVersion, sealed: row.sealedReason })
      : null,
    openedAt: iso(row.openedAt),
    endsAt: iso(row.endsAt),
    reviewDueAt: iso(row.reviewDueAt),
    review: await reviewOf(keys, row),
    isMine,
    mayReview: isOurs && !isMine && roles.includes('supervisor') && row.reviewedAt === null,
  };
}

async function reviewOf(keys: Keys, row: BreakGlassRow): Promise<BreakGlassView['review']> {
  const { verdict, reviewedAt, reviewerName, noteKeyVersion, sealedNote } = row;
  if (verdict === null || reviewedAt === null) return null;
  const note =
    noteKeyVersion === null || sealedNote === null
      ? null
      : await words(keys, row, { revision: NOTE, keyVersion: noteKeyVersion, sealed: sealedNote });
  return { verdict, reviewedAt: iso(reviewedAt), reviewerName: reviewerName ?? '', note };
}

type SealedWords = { revision: number; keyVersion: number; sealed: Buffer };

async function words(keys: Keys, row: BreakGlassRow, { revision, keyVersion, sealed }: SealedWords): Promise<string> {
  const context = { ...contextOf(row, revision), keyVersion };
  return ((await keys.openLine(row.agencyId, context, sealed)) as Words).text;
}

function iso(at: Date): string {
  return new Date(at).toISOString();
}
