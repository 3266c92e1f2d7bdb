import { sql } from 'kysely';
import type { Work } from '../db/work.ts';
import { forgetGrants } from '../keys/index.ts';

export async function teamOfReferral(work: Work, referralId: string): Promise<{ id: string; displayName: string }[]> {
  const { rows } = await sql<{
    id: string;
    displayName: string;
  }>`select staff_id as id, display_name from hien.team_of(${referralId}::uuid) order by display_name`.execute(work.db);
  return rows;
}

export async function isCaseMember(work: Work, caseId: string): Promise<boolean> {
  const row = await work.db
    .selectFrom('caseMember')
    .select('staffId')
    .where('staffId', '=', work.staff.staffId)
    .where('subjectKind', '=', 'case')
    .where('subjectId', '=', caseId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Takes people off a referral; who stays is untouched. */
export async function removeMembers(work: Work, referralId: string, keep: readonly string[]): Promise<void> {
  forgetGrants(work, [referralId]);
  await work.db
    .deleteFrom('caseMember')
    .where('subjectKind', '=', 'referral')
    .where('subjectId', '=', referralId)
    .where('agencyId', '=', work.staff.agencyId)
    .where('staffId', 'not in', [...keep])
    .execute();
}
