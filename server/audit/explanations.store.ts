import type { Work } from '../db/work.ts';
import type { SealedText } from './sealed-words.ts';

/** The texts in the copy of the reading side: the auditing agency's, or that of the asked person's agency. */
export type ExplanationRow = {
  id: string;
  agencyId: string;
  staffAgencyId: string;
  askedByName: string;
  askedAt: Date;
  dueAt: Date;
  answeredAt: Date | null;
  questionKeyVersion: number;
  question: Buffer;
  answerKeyVersion: number | null;
  answer: Buffer | null;
};

type Side = 'asker' | 'staff';

function columnsFor(side: Side): string {
  return `x.id, x.agency_id, x.staff_agency_id, a.display_name as asked_by_name, x.asked_at, x.due_at, x.answered_at,
    x.${side}_question_key_version as question_key_version, x.${side}_question as question,
    x.${side}_answer_key_version as answer_key_version, x.${side}_answer as answer
    from hien.explanation x join hien.staff a on a.id = x.asked_by`;
}

/** What was asked about a finding, oldest first. */
export async function explanationsOf(work: Work, findingId: string): Promise<ExplanationRow[]> {
  const text = `select ${columnsFor('asker')} where x.finding_id = $1 order by x.asked_at, x.id`;
  return (await work.run<ExplanationRow>(text, [findingId])).rows;
}

/** What the bound person was asked, newest first. */
export async function ownExplanations(work: Work): Promise<ExplanationRow[]> {
  const text = `select ${columnsFor('staff')} where x.staff_id = $1 order by x.asked_at desc, x.id desc limit 100`;
  return (await work.run<ExplanationRow>(text, [work.staff.staffId])).rows;
}

export async function ownExplanation(work: Work, id: string): Promise<ExplanationRow | undefined> {
  return (await work.run<ExplanationRow>(`select ${columnsFor('staff')} where x.id = $1`, [id])).rows[0];
}

/** A text in both copies. */
export type TwoCopies = { asker: SealedText; staff: SealedText };

export type NewExplanation = {
  id: string;
  findingId: string;
  staffId: string;
  staffAgencyId: string;
  dueAt: Date;
  question: TwoCopies;
};

export async function insertExplanation(work: Work, given: NewExplanation): Promise<void> {
  const { id, findingId, staffId, staffAgencyId, dueAt, question } = given;
  const { asker, staff } = question;
  await work.run(
    `insert into hien.explanation (id, finding_id, agency_id, asked_by, staff_id, staff_agency_id, asked_at, due_at,
       asker_question_key_version, asker_question, staff_question_key_version, staff_question)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      ...[id, findingId, work.staff.agencyId, work.staff.staffId, staffId, staffAgencyId, work.now, dueAt],
      ...[asker.keyVersion, asker.sealed, staff.keyVersion, staff.sealed],
    ],
  );
}

export type Answering = 'answered' | 'refused' | 'too_late';

/** The database looks whether it is hers and still awaited, and moves the finding with it. */
export async function answerRow(work: Work, id: string, { asker, staff }: TwoCopies): Promise<Answering> {
  const text = 'select hien.answer_explanation($1::uuid, $2::int, $3, $4::int, $5) as status';
  const values = [id, asker.keyVersion, asker.sealed, staff.keyVersion, staff.sealed];
  return (await work.run<{ status: Answering }>(text, values)).rows[0]?.status ?? 'refused';
}
