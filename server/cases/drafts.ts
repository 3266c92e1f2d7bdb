import type * as z from 'zod';
import type { Answer, Call } from '../http/endpoint.ts';
import { DAY_MS } from '../kernel/clock.ts';
import { canonicalJson } from '../kernel/canonical-json.ts';
import { AppError, invalid } from '../kernel/errors.ts';
import type { DraftBody, draftList, draftView, savedDraft } from './cases.contract.ts';
import type { CasesDeps } from './cases.routes.ts';
import { discardDraftRow, draftRow, draftRows, saveDraftRow } from './drafts.store.ts';

const LIFE_MS = 7 * DAY_MS;
const TABLE = 'registration_draft';

type One = Call<{ draftId: string }, unknown, unknown>;

/** Keeps an unfinished registration for 7 days, sealed under the agency's list key and bound to its author. */
export async function saveDraft(
  deps: CasesDeps,
  call: Call<{ draftId: string }, unknown, DraftBody>,
): Promise<Answer<z.input<typeof savedDraft>>> {
  const { work, body } = call;
  const { draftId } = call.params;
  const { staffId, agencyId } = work.staff;
  requireWritable(body.content);
  const version = ((await draftRow(work, draftId))?.version ?? 0) + 1;
  const { keyVersion, sealed } = await deps.keys.sealLine(
    agencyId,
    { table: TABLE, rowId: draftId, caseId: staffId, revision: version },
    body.content,
  );
  const expiresAt = new Date(work.nowMs + LIFE_MS);
  const isSaved = await saveDraftRow(work, {
    id: draftId,
    staffId,
    agencyId,
    page: body.page,
    version,
    keyVersion,
    sealed,
    updatedAt: work.now,
    expiresAt,
  });
  if (!isSaved) throw new AppError('NOT_FOUND');
  work.record({ objectKind: 'draft', objectId: draftId });
  return { body: { id: draftId, version, expiresAt: expiresAt.toISOString() }, version };
}

/** A draft may hold anything but what JSON cannot keep: half letters, nesting without end. */
function requireWritable(content: unknown): void {
  try {
    canonicalJson(content);
  } catch {
    throw invalid({ path: 'content', code: 'INVALID' });
  }
}

export async function openDraft(deps: CasesDeps, call: One): Promise<Answer<z.input<typeof draftView>>> {
  const { work } = call;
  const row = await draftRow(work, call.params.draftId);
  if (row === undefined) throw new AppError('NOT_FOUND');
  const context = {
    table: TABLE,
    rowId: row.id,
    caseId: row.staffId,
    revision: row.version,
    keyVersion: row.keyVersion,
  };
  const content = (await deps.keys.openLine(row.agencyId, context, row.sealed)) as Record<string, unknown>;
  work.record({ objectKind: 'draft', objectId: row.id });
  return { body: { content, page: row.page, version: row.version, ...datesOf(row), id: row.id }, version: row.version };
}

export async function listDrafts(call: Call<unknown, unknown, unknown>): Promise<Answer<z.input<typeof draftList>>> {
  const rows = await draftRows(call.work);
  call.work.record({ count: rows.length });
  return { body: { items: rows.map((row) => ({ id: row.id, page: row.page, ...datesOf(row) })) } };
}

export async function discardDraft(call: One): Promise<Answer<Record<string, never>>> {
  if (!(await discardDraftRow(call.work, call.params.draftId))) throw new AppError('NOT_FOUND');
  call.work.record({ objectKind: 'draft', objectId: call.params.draftId });
  return { body: {} };
}

function datesOf(row: { updatedAt: Date; expiresAt: Date }): { updatedAt: string; expiresAt: string } {
  return { updatedAt: row.updatedAt.toISOString(), expiresAt: row.expiresAt.toISOString() };
}
