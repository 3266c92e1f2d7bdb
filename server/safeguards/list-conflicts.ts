import type { Answer, Call } from '../http/endpoint.ts';
import { conflictsOf, type ConflictRow } from './conflicts.store.ts';
import type { ConflictsView } from './safeguards.contract.ts';

/** Who may not come near this case, as far as the asking person may know. */
export async function listConflicts(call: Call<{ caseId: string }, unknown, unknown>): Promise<Answer<ConflictsView>> {
  const { work, params, facts } = call;
  const rows = await conflictsOf(work, params.caseId);
  work.record({ ownerAgencyId: facts.ownerAgencyId, caseIds: [params.caseId], count: rows.length });
  const bars = rows.flatMap((row) => (row.origin === null ? [] : [{ ...personOf(row), origin: row.origin }]));
  const doubts = rows.flatMap((row) => (row.id === null ? [] : [{ id: row.id, ...personOf(row) }]));
  return { body: { bars, doubts } };
}

function personOf({ staffId, displayName, agencyId, since }: ConflictRow) {
  return { staffId, displayName, agencyId, since: new Date(since).toISOString() };
}
