import type { Work } from '../db/work.ts';
import { AppError } from '../kernel/errors.ts';

export type Colleague = { id: string; displayName: string; worksOnCases: boolean };

const COLLEAGUES = `select p.id, p.display_name, bool_or(r.role in ('case_worker', 'duty_officer')) as works_on_cases
  from hien.staff p join hien.staff_role r on r.staff_id = p.id and r.role in ('case_worker', 'duty_officer', 'supervisor')
  where p.id = any ($1::uuid[]) and p.agency_id = $2 and p.is_active group by p.id, p.display_name order by p.display_name`;

/** Those of `ids` who serve on cases of the bound person's agency. */
export async function colleaguesAmong(work: Work, ids: readonly string[]): Promise<Colleague[]> {
  return (await work.run<Colleague>(COLLEAGUES, [[...ids], work.staff.agencyId])).rows;
}

const SENT = `select r.id from hien.referral r where r.case_id = $1 and r.sender_agency_id = $2
  and exists (select 1 from hien.access_grant g where g.subject_id = r.id and g.owner_agency_id = $2) order by r.id`;

/** Referrals of a case whose envelope its own agency can open. */
export async function sharedReferrals(work: Work, caseId: string): Promise<string[]> {
  return (await work.run<{ id: string }>(SENT, [caseId, work.staff.agencyId])).rows.map((row) => row.id);
}

/** @throws AppError STATE_CONFLICT where the grants do not say what is to be said of the case */
export async function setRestriction(work: Work, caseId: string, isRestricted: boolean): Promise<void> {
  work.forget(`case ${caseId}`);
  const text = 'select hien.set_restriction($1::uuid, $2) as done';
  const [row] = (await work.run<{ done: boolean }>(text, [caseId, isRestricted])).rows;
  if (row?.done !== true) throw new AppError('STATE_CONFLICT');
}
