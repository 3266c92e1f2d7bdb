import type { Work } from '../db/work.ts';

export type BreakGlassRow = {
  id: string;
  caseId: string;
  caseCode: string;
  staffId: string;
  staffName: string;
  agencyId: string;
  reasonCode: string;
  reasonKeyVersion: number;
  sealedReason: Buffer;
  openedAt: Date;
  endsAt: Date;
  reviewDueAt: Date;
  reviewedAt: Date | null;
  reviewerName: string | null;
  verdict: 'justified' | 'not_justified' | null;
  noteKeyVersion: number | null;
  sealedNote: Buffer | null;
};

type Sealed = { keyVersion: number; sealed: Buffer };
export type NewBreakGlass = {
  id: string;
  caseId: string;
  proof: Buffer;
  reasonCode: string;
  reason: Sealed;
  minutes: number;
};

export type Opening = 'opened' | 'refused' | 'wrong_password' | 'overdue';

/** The database proves the password, looks whether a review is overdue, and lets the person in; times are its own. */
export async function openRow(work: Work, given: NewBreakGlass): Promise<Opening> {
  const { id, caseId, proof, reasonCode, reason, minutes } = given;
  const text = 'select hien.open_break_glass($1::uuid, $2::uuid, $3, $4, $5::int, $6, $7::int) as status';
  const values = [id, caseId, proof, reasonCode, reason.keyVersion, reason.sealed, minutes];
  return (await work.run<{ status: Opening }>(text, values)).rows[0]?.status ?? 'refused';
}

export type Reviewing = 'reviewed' | 'reviewed_before' | 'refused';

export async function reviewRow(
  work: Work,
  given: { id: string; verdict: string; note: Sealed | null },
): Promise<Reviewing> {
  const text = 'select hien.review_break_glass($1::uuid, $2, $3::int, $4) as status';
  const values = [given.id, given.verdict, given.note?.keyVersion ?? null, given.note?.sealed ?? null];
  return (await work.run<{ status: Reviewing }>(text, values)).rows[0]?.status ?? 'refused';
}

/** 'over' where its time had passed already. */
export async function endRow(work: Work, id: string): Promise<'ended' | 'over' | 'refused'> {
  const { rows } = await work.run<{ status: 'ended' | 'over' | 'refused' }>(
    'select hien.end_break_glass($1::uuid) as status',
    [id],
  );
  return rows[0]?.status ?? 'refused';
}

const ROWS = `select b.*, p.display_name as staff_name, r.display_name as reviewer_name
  from hien.break_glass b join hien.staff p on p.id = b.staff_id left join hien.staff r on r.id = b.reviewer_id`;

/** Newest first, as far as they exist for the bound person. */
export async function boxRows(work: Work, isMine: boolean): Promise<BreakGlassRow[]> {
  const text = `${ROWS} where (b.staff_id = $1) = $2 order by b.opened_at desc, b.id desc limit 100`;
  return (await work.run<BreakGlassRow>(text, [work.staff.staffId, isMine])).rows;
}

export async function breakGlassRow(work: Work, id: string): Promise<BreakGlassRow | undefined> {
  return (await work.run<BreakGlassRow>(`${ROWS} where b.id = $1`, [id])).rows[0];
}
