import type { Insertable, Selectable } from 'kysely';
import type { BlindIndexTable, CaseFileTable } from '../db/schema.ts';
import { insertRows } from '../db/insert-rows.ts';
import type { Work } from '../db/work.ts';
import type { ReferralCounts } from './next-step.rules.ts';

/** `restrictedAt` is set by the database alone. */
export type CaseFileRow = Selectable<CaseFileTable> & { restrictedAt: Date | null };
export type CaseLineRow = Pick<
  CaseFileRow,
  'id' | 'code' | 'stage' | 'priority' | 'dueAt' | 'createdAt' | 'assigneeId' | 'version'
> &
  ReferralCounts & { assigneeName: string | null };

export async function insertCase(work: Work, row: Insertable<CaseFileTable>): Promise<void> {
  await insertRows(work, 'caseFile', [row]);
}

export async function insertBlindIndexes(work: Work, rows: Insertable<BlindIndexTable>[]): Promise<void> {
  await insertRows(work, 'blindIndex', rows);
}

export async function deleteBlindIndexes(work: Work, caseId: string, recordKind: string): Promise<void> {
  await work.db.deleteFrom('blindIndex').where('caseId', '=', caseId).where('recordKind', '=', recordKind).execute();
}

export function caseFile(work: Work, caseId: string): Promise<CaseFileRow | undefined> {
  return work.once(`case ${caseId}`, async () => {
    const { rows } = await work.run<CaseFileRow>('select * from hien.case_file where id = $1', [caseId]);
    return rows[0];
  });
}

export type CaseUpdate = { stage?: string | undefined; priority?: number; dueAt?: Date | null; changedAt: Date };

/** False when somebody else changed the case since `version` was read. */
export async function updateCase(
  work: Work,
  at: { caseId: string; version: number },
  change: CaseUpdate,
): Promise<boolean> {
  const { stage, priority, dueAt, changedAt } = change;
  work.forget(`case ${at.caseId}`);
  const result = await work.db
    .updateTable('caseFile')
    .set((eb) => ({
      version: eb('version', '+', 1),
      changedAt,
      ...(stage === undefined ? {} : { stage }),
      ...(priority === undefined ? {} : { priority }),
      ...(dueAt === undefined ? {} : { dueAt }),
    }))
    .where('id', '=', at.caseId)
    .where('version', '=', at.version)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** She was spoken to: the time by which she must be contacted has done its work. */
export async function endContactClock(work: Work, caseId: string): Promise<void> {
  work.forget(`case ${caseId}`);
  await work.db
    .updateTable('caseFile')
    .set({ dueAt: null })
    .where('id', '=', caseId)
    .where('dueAt', 'is not', null)
    .execute();
}

// Lateral: the referrals of each case through their index, never all referrals that row-level security would have to look at.
const LINE = `c.id, c.code, c.stage, c.priority, c.due_at, c.created_at, c.assignee_id, c.version, p.display_name as assignee_name,
  r.drafts, r.waiting, r.active, r.total, r.answer_due_at`;
const JOINS = `left join hien.staff p on p.id = c.assignee_id cross join lateral (
  select count(*) filter (where state in ('draft', 'awaiting_consent'))::int as drafts,
    count(*) filter (where state in ('sent', 'received'))::int as waiting,
    count(*) filter (where state in ('accepted', 'in_service'))::int as active, count(*)::int as total,
    min(due_at) filter (where state in ('sent', 'received')) as answer_due_at
  from hien.referral where case_id = c.id) r`;

export type LinesQuery = { stage: string | null; before: string | null; limit: number; isOwnOnly: boolean };

const linesOf = (page: string): string => `with c as (${page}) select ${LINE} from c ${JOINS} order by c.id desc`;

// A person's memberships are put in order first and their cases fetched one by one, so that a page costs what it shows.
const OWN_LINES = linesOf(`select c.* from (select m.subject_id from hien.case_member m
    where m.staff_id = $1 and m.subject_kind = 'case' and (m.ends_at is null or m.ends_at > now()) and ($2::uuid is null or m.subject_id < $2::uuid)
    order by m.subject_id desc offset 0) m
  cross join lateral (select * from hien.case_file where id = m.subject_id and ($3::text is null or stage = $3) offset 0) c
  order by m.subject_id desc limit $4`);
const AGENCY_LINES = linesOf(`select c.* from hien.case_file c
  where c.owner_agency_id = $1 and ($2::uuid is null or c.id < $2::uuid) and ($3::text is null or c.stage = $3) order by c.id desc limit $4`);

/** Newest first, driven from the access list: a person's memberships, or all of the agency for its supervisor. */
export async function caseLines(work: Work, query: LinesQuery): Promise<CaseLineRow[]> {
  const { staffId, agencyId, roles } = work.staff;
  const isOwn = query.isOwnOnly || !roles.includes('supervisor');
  const values = [isOwn ? staffId : agencyId, query.before, query.stage, query.limit];
  return (await work.run<CaseLineRow>(isOwn ? OWN_LINES : AGENCY_LINES, values)).rows;
}

const NAMED_LINES = `select ${LINE} from hien.case_file c ${JOINS} where c.id = any ($1::uuid[]) order by c.id desc`;

/** Lines of named cases, as far as they exist for the bound person. */
export async function caseLinesById(work: Work, caseIds: readonly string[]): Promise<CaseLineRow[]> {
  return (await work.run<CaseLineRow>(NAMED_LINES, [[...caseIds]])).rows;
}

export type Criteria = { code: string | null; indexes: readonly { field: string; value: Buffer }[] };

/**
 * Ids of the cases that exist for the bound person and have this code or any of these blind indexes, newest first, 200 at
 * most. By a function of the database, so that a case which is hidden from her costs what none costs. Truncated indexes
 * also match others: whoever looks for a person compares.
 */
export async function findCases(work: Work, { code, indexes }: Criteria): Promise<string[]> {
  const values = [code, indexes.map(({ field }) => field), indexes.map(({ value }) => value)];
  const { rows } = await work.run<{ id: string }>(
    'select id from hien.find_cases($1::text, $2::text[], $3::bytea[]) as id',
    values,
  );
  return rows.map((row) => row.id);
}

export type TeamRow = { staffId: string; displayName: string; memberRole: string };

export async function teamOf(work: Work, subjectId: string): Promise<TeamRow[]> {
  return (await work.run<TeamRow>('select * from hien.team_of($1::uuid)', [subjectId])).rows;
}

export type AccessRow = {
  id: string;
  recordedAt: Date;
  occurredAt: Date;
  action: string;
  outcome: string;
  agencyId: string | null;
  displayName: string | null;
  event: Buffer;
};

export async function accessesOf(
  work: Work,
  caseId: string,
  page: { before: Date; limit: number; isDeedsOnly: boolean },
): Promise<AccessRow[]> {
  const values = [caseId, page.before, page.limit, page.isDeedsOnly];
  return (await work.run<AccessRow>('select * from hien.accesses_of_case($1::uuid, $2, $3, $4)', values)).rows;
}

const COUNTS = `select count(*) filter (where state in ('draft', 'awaiting_consent'))::int as drafts,
  count(*) filter (where state in ('sent', 'received'))::int as waiting, count(*) filter (where state in ('accepted', 'in_service'))::int as active,
  count(*)::int as total, min(due_at) filter (where state in ('sent', 'received')) as answer_due_at
  from hien.referral where case_id = $1`;

export async function referralCounts(work: Work, caseId: string): Promise<ReferralCounts> {
  const { rows } = await work.run<ReferralCounts>(COUNTS, [caseId]);
  return rows[0] ?? { drafts: 0, waiting: 0, active: 0, total: 0, answerDueAt: null };
}
