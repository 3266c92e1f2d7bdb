import type { Work } from '../db/work.ts';
import { forgetGrants } from '../keys/index.ts';

export async function teamOfReferral(work: Work, referralId: string): Promise<{ id: string; displayName: string }[]> {
  const text = 'select staff_id as id, display_name from hien.team_of($1::uuid) order by display_name';
  return (await work.run<{ id: string; displayName: string }>(text, [referralId])).rows;
}

export async function isCaseMember(work: Work, caseId: string): Promise<boolean> {
  const text = `select 1 from hien.case_member where staff_id = $1 and subject_kind = 'case' and subject_id = $2
    and (ends_at is null or ends_at > now())`;
  return (await work.run(text, [work.staff.staffId, caseId])).rows.length > 0;
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
