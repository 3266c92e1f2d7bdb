import type * as z from 'zod';
import type { Answer, Call } from '../http/endpoint.ts';
import { invalid } from '../kernel/errors.ts';
import type { accessesQuery, AccessEntry } from './cases.contract.ts';
import type { CasesDeps } from './cases.routes.ts';
import { accessesOf } from './cases.store.ts';
import { accessEntries } from './timeline.ts';

const PAGE = 50;

/** Who has looked at this case, partners' readings of its referrals and refused tries included; newest first. */
export async function viewAccesses(
  deps: CasesDeps,
  call: Call<{ caseId: string }, z.output<typeof accessesQuery>, unknown>,
): Promise<Answer<{ items: AccessEntry[]; nextCursor: string | null }>> {
  const { work, query } = call;
  const before = query.cursor === undefined ? new Date(Date.now() + 60_000) : timeFrom(query.cursor);
  const rows = await accessesOf(work, call.params.caseId, { before, limit: PAGE + 1, isDeedsOnly: false });
  const page = rows.slice(0, PAGE);
  work.record({ ownerAgencyId: call.facts.ownerAgencyId, caseIds: [call.params.caseId], count: page.length });
  const last = page.at(-1);
  const nextCursor =
    rows.length > PAGE && last ? Buffer.from(last.recordedAt.toISOString()).toString('base64url') : null;
  return { body: { items: accessEntries(deps.directory, page, work.staff.agencyId), nextCursor } };
}

function timeFrom(cursor: string): Date {
  const at = new Date(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (Number.isNaN(at.getTime())) throw invalid({ path: 'cursor', code: 'INVALID' });
  return at;
}
