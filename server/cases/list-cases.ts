import type { Answer, Call } from '../http/endpoint.ts';
import { cursorOf, idFromCursor } from '../kernel/cursor.ts';
import type { CaseLine, ListCasesQuery } from './cases.contract.ts';
import { caseLines, type CaseLineRow } from './cases.store.ts';
import { dueOf, nextStepOf } from './next-step.rules.ts';

const PAGE = 25;

/** Newest cases first; the event names each one that was shown. */
export async function listCases(
  call: Call<unknown, ListCasesQuery, unknown>,
): Promise<Answer<{ items: CaseLine[]; nextCursor: string | null }>> {
  const { work, query } = call;
  const limit = query.limit ?? PAGE;
  const rows = await caseLines(work, {
    stage: query.stage ?? null,
    before: idFromCursor(query.cursor),
    limit: limit + 1,
    isOwnOnly: query.mine === 'true',
  });
  const page = rows.slice(0, limit);
  work.record({ ownerAgencyId: work.staff.agencyId, caseIds: page.map((row) => row.id), count: page.length });
  const last = page.at(-1);
  return {
    body: {
      items: page.map((row) => caseLineOf(row, work.staff.staffId)),
      nextCursor: rows.length > limit && last ? cursorOf(last.id) : null,
    },
  };
}

export function caseLineOf(row: CaseLineRow, staffId: string): CaseLine {
  const nextStep = nextStepOf(row.stage, row);
  return {
    id: row.id,
    code: row.code,
    stage: row.stage,
    priority: row.priority,
    nextStep,
    dueAt: dueOf(nextStep, row),
    openedAt: new Date(row.createdAt).toISOString(),
    assignee: row.assigneeId === null ? null : { id: row.assigneeId, displayName: row.assigneeName ?? '' },
    isMine: row.assigneeId === staffId,
    openReferrals: row.waiting + row.active,
    version: row.version,
  };
}
