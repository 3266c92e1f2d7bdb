import { sql, type Insertable, type Selectable } from 'kysely';
import type { ReferralTable } from '../db/schema.ts';
import type { Work } from '../db/work.ts';
import { AppError } from '../kernel/errors.ts';
import { mayFollow, REFERRAL_STATES, type ReferralState } from './referral-states.rules.ts';

export type ReferralRow = Omit<Selectable<ReferralTable>, 'state'> & { state: ReferralState };
export type ReferralLineRow = ReferralRow & { isMine: boolean };

export async function insertReferral(work: Work, row: Insertable<ReferralTable>): Promise<void> {
  const made = await work.db.insertInto('referral').values(row).returningAll().executeTakeFirst();
  if (made !== undefined) await work.once(`referral ${made.id}`, async () => made);
}

/** @throws AppError NOT_FOUND where no row exists for this person */
export async function referralRow(work: Work, referralId: string): Promise<ReferralRow> {
  const row = await work.once(`referral ${referralId}`, async () => {
    const { rows } = await work.run<ReferralRow>('select * from hien.referral where id = $1', [referralId]);
    return rows[0];
  });
  if (row === undefined) throw new AppError('NOT_FOUND');
  return row;
}

/** What the bound agency sent from a case and did not take back. */
export async function sentFromCase(work: Work, caseId: string): Promise<ReferralRow[]> {
  const { rows } = await work.run<ReferralRow>(
    `select * from hien.referral where case_id = $1 and sender_agency_id = $2 and sent_at is not null
        and state not in ('recalled', 'withdrawn') order by id`,
    [caseId, work.staff.agencyId],
  );
  return rows;
}

export type Change = Partial<
  Pick<
    ReferralRow,
    'sentAt' | 'dueAt' | 'receivedAt' | 'answeredAt' | 'closedAt' | 'basisKind' | 'consentId' | 'priority' | 'endsOn'
  >
> &
  Partial<Pick<ReferralRow, 'senderKeyVersion' | 'senderNotice' | 'recipientKeyVersion' | 'recipientNotice'>>;

/**
 * Moves a referral one lawful step; `mayStay` where a deed leaves the state as it is. The row's version guards against
 * a second answer at the same time.
 * @throws AppError STATE_CONFLICT where the step is not in the table, or somebody was faster
 */
export async function moveReferral(
  work: Work,
  row: ReferralRow,
  step: { to: ReferralState; change?: Change; mayStay?: true },
): Promise<ReferralRow> {
  const isStaying = step.mayStay === true && row.state === step.to;
  if (!isStaying && !mayFollow(row.state, step.to)) throw new AppError('STATE_CONFLICT');
  const changed = { ...step.change, state: step.to };
  work.forget(`referral ${row.id}`);
  // Every step changes who may read the envelope, but the first: who sends it has just written it.
  if (step.to !== 'sent') work.forget(`documents ${row.id}`);
  const result = await work.db
    .updateTable('referral')
    .set((eb) => ({ ...changed, version: eb('version', '+', 1) }))
    .where('id', '=', row.id)
    .where('version', '=', row.version)
    .executeTakeFirst();
  if (result.numUpdatedRows !== 1n) throw new AppError('STATE_CONFLICT');
  const moved = { ...row, ...changed, version: row.version + 1 };
  return work.once(`referral ${row.id}`, async () => moved);
}

/** The fact that the envelope was opened, once: the sender is told it on recall. */
export async function markOpened(work: Work, referralId: string): Promise<void> {
  work.forget(`referral ${referralId}`);
  await work.db
    .updateTable('referral')
    .set({ openedAt: work.now })
    .where('id', '=', referralId)
    .where('openedAt', 'is', null)
    .execute();
}

export async function deleteDraftReferral(work: Work, referralId: string): Promise<void> {
  const result = await work.db
    .deleteFrom('referral')
    .where('id', '=', referralId)
    .where('state', 'in', ['draft', 'awaiting_consent'])
    .executeTakeFirst();
  if (result.numDeletedRows !== 1n) throw new AppError('STATE_CONFLICT');
}

export type BoxQuery = {
  box: 'inbox' | 'outbox';
  state: string | null;
  caseId: string | null;
  before: string | null;
  limit: number;
};

/**
 * Newest first; in the inbox drafts do not exist. Who sees not all of her agency's is led by her own memberships, so
 * that row-level security has only those to judge.
 */
export async function boxRows(work: Work, query: BoxQuery): Promise<ReferralLineRow[]> {
  const { agencyId, staffId, roles } = work.staff;
  const side = query.box === 'inbox' ? sql.ref('r.recipient_agency_id') : sql.ref('r.sender_agency_id');
  const { rows } = await sql<ReferralLineRow>`select r.*, exists (select 1 from hien.case_member m
      where m.subject_kind = 'referral' and m.subject_id = r.id and m.staff_id = ${staffId}) as is_mine
    from hien.referral r where ${side} = ${agencyId} and (${query.box} <> 'inbox' or r.state not in ('draft', 'awaiting_consent'))
      and (${query.state}::text is null or r.state = ${query.state}) and (${query.caseId}::uuid is null or r.case_id = ${query.caseId}::uuid)
      and (${query.before}::uuid is null or r.id < ${query.before}::uuid) ${query.caseId === null ? sql`` : sql`and ${isOpenTo(query.box, query.caseId)}`}
      ${seesAll(query.box, roles) ? sql`` : sql`and ${ownOf(query.box, staffId)}`}
    order by r.id desc limit ${query.limit}`.execute(work.db);
  return rows;
}

/**
 * Asked once, before any row is looked at: a referral of a case that is hidden from her then costs what none costs.
 * Row-level security says the same of each row.
 */
function isOpenTo(box: BoxQuery['box'], caseId: string) {
  return box === 'outbox'
    ? sql`(select hien.sees_case(${caseId}::uuid))`
    : sql`(select ${caseId}::uuid <> all (hien.barred_cases()))`;
}

function seesAll(box: BoxQuery['box'], roles: readonly string[]): boolean {
  return roles.includes('supervisor') || (box === 'inbox' && roles.includes('duty_officer'));
}

function ownOf(box: BoxQuery['box'], staffId: string) {
  const memberships = sql`select m.subject_id from hien.case_member m where m.staff_id = ${staffId} and m.subject_kind`;
  return box === 'inbox' ? sql`r.id in (${memberships} = 'referral')` : sql`r.case_id in (${memberships} = 'case')`;
}

/** Closes every open referral that rests on a consent. Needs no key. */
export async function withdrawReferrals(
  work: Work,
  consentId: string,
): Promise<Pick<ReferralRow, 'id' | 'recipientAgencyId'>[]> {
  const closed = await work.db
    .updateTable('referral')
    .set((eb) => ({ state: 'withdrawn', closedAt: work.now, recipientNotice: null, version: eb('version', '+', 1) }))
    .where('consentId', '=', consentId)
    .where('state', 'in', OPEN_AFTER_DISPATCH)
    .returning(['id', 'recipientAgencyId'])
    .execute();
  work.forget(...closed.flatMap(({ id }) => [`referral ${id}`, `documents ${id}`]));
  return closed;
}

/** Takes the notice of referrals that had ended before from the recipient as well; their state stays. Needs no key. */
export async function takeBackSettled(work: Work, consentId: string): Promise<string[]> {
  const settled = await work.db
    .updateTable('referral')
    .set((eb) => ({ recipientNotice: null, version: eb('version', '+', 1) }))
    .where('consentId', '=', consentId)
    .where('state', 'not in', ['withdrawn', ...OPEN_AFTER_DISPATCH])
    .returning('id')
    .execute();
  const ids = settled.map(({ id }) => id);
  work.forget(...ids.flatMap((id) => [`referral ${id}`, `documents ${id}`]));
  return ids;
}

export async function referralsOnLegalBasis(
  work: Work,
  caseId: string,
): Promise<Pick<ReferralRow, 'id' | 'recipientAgencyId'>[]> {
  return work.db
    .selectFrom('referral')
    .select(['id', 'recipientAgencyId'])
    .where('caseId', '=', caseId)
    .where('basisKind', '=', 'legal')
    .where('state', 'in', OPEN_AFTER_DISPATCH)
    .execute();
}

const OPEN_AFTER_DISPATCH = REFERRAL_STATES.filter((state) => mayFollow(state, 'withdrawn'));

export async function medianAnswerHours(work: Work, agencyIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{
    agencyId: string;
    hours: number;
  }>`select * from hien.median_answer_hours(${[...agencyIds]}::uuid[])`.execute(work.db);
  return new Map(rows.map((row) => [row.agencyId, Math.round(row.hours * 10) / 10]));
}
