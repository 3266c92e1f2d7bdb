import type { Work } from '../db/work.ts';

// Bars, doubts and staff identifiers are no tables of the application: it asks the definer's functions.

/** Whether the acting person is barred after it; null where the case is not hers to change. */
export async function compareParties(
  work: Work,
  caseId: string,
  exclusions: readonly string[] | null,
): Promise<boolean | null> {
  const values = [caseId, exclusions === null ? null : [...exclusions]];
  const { rows } = await work.run<{ isBarred: boolean | null }>(
    'select hien.settle_conflicts($1::uuid, $2::uuid[]) as is_barred',
    values,
  );
  work.forget(`case ${caseId}`, `grants ${caseId}`);
  return rows[0]?.isBarred ?? null;
}

export async function knownStaff(work: Work, staffIds: readonly string[]): Promise<string[]> {
  const { rows } = await work.run<{ id: string }>('select id from hien.staff where id = any ($1::uuid[])', [
    [...staffIds],
  ]);
  return rows.map((row) => row.id);
}

/** Active people of an agency who could meet a case. */
export async function staffOf(work: Work, agencyId: string): Promise<{ id: string; displayName: string }[]> {
  const text = `select p.id, p.display_name from hien.staff p where p.agency_id = $1 and p.is_active and exists (select 1 from hien.staff_role r
    where r.staff_id = p.id and r.role in ('case_worker', 'duty_officer', 'supervisor')) order by p.display_name, p.id`;
  return (await work.run<{ id: string; displayName: string }>(text, [agencyId])).rows;
}

export async function unassignableOf(work: Work, referralId: string, staffIds: readonly string[]): Promise<string[]> {
  const text = 'select id from hien.unassignable($1::uuid, $2::uuid[]) as id';
  return (await work.run<{ id: string }>(text, [referralId, [...staffIds]])).rows.map((row) => row.id);
}

export async function isDeskBarred(work: Work, referralId: string): Promise<boolean> {
  const text = 'select hien.desk_is_barred($1::uuid) as is_barred';
  return (await work.run<{ isBarred: boolean }>(text, [referralId])).rows[0]?.isBarred === true;
}

export type ConflictRow = {
  kind: 'bar' | 'doubt';
  id: string | null;
  staffId: string;
  displayName: string;
  agencyId: string;
  origin: 'match' | 'exclusion' | null;
  since: Date;
};

export async function conflictsOf(work: Work, caseId: string): Promise<ConflictRow[]> {
  return (await work.run<ConflictRow>('select * from hien.conflicts_of($1::uuid)', [caseId])).rows;
}

/** False when it was answered before. */
export async function answerDoubtRow(work: Work, doubtId: string, answer: string): Promise<boolean> {
  const text = 'select hien.answer_doubt($1::uuid, $2) as is_answered';
  return (await work.run<{ isAnswered: boolean }>(text, [doubtId, answer])).rows[0]?.isAnswered === true;
}

/** False when that person's account is not of the acting administrator's agency. */
export async function replaceIdentifiers(
  work: Work,
  staffId: string,
  indexes: readonly { field: string; value: Buffer }[],
): Promise<boolean> {
  const values = [staffId, indexes.map(({ field }) => field), indexes.map(({ value }) => value)];
  const text = 'select hien.identify_staff($1::uuid, $2::text[], $3::bytea[]) as is_kept';
  return (await work.run<{ isKept: boolean }>(text, values)).rows[0]?.isKept === true;
}

/** Of the acting person alone, once for each case; nothing where the case is not hers to read. */
export async function noteSurnameMatch(work: Work, caseId: string): Promise<void> {
  await work.run('select hien.note_surname_match($1::uuid, $2::timestamptz)', [caseId, work.now]);
}
