import type { TestDatabase } from '../support/database.ts';
import type {
  Bar,
  Case,
  Consent,
  Doubt,
  Finding,
  Grant,
  Membership,
  Opening,
  Person,
  Referral,
  World,
} from './world.ts';

type Ask = Pick<TestDatabase, 'ask'>;
const END = (column: string): string =>
  `case when ${column} is null then 'open' when ${column} > now() then 'later' else 'over' end`;

/** What stands in a database as plain data for the oracle; read as superuser, past every wall. */
export async function readWorld({ ask }: Ask, people: readonly Person[]): Promise<World> {
  const members = await ask<Membership & { grantId: string }>(
    `select grant_id as "grantId", staff_id as "staffId", member_role as role, ${END('ends_at')} as "end" from hien.case_member`,
  );
  const grants = await ask<Omit<Grant, 'members'>>(
    `select id, holder_kind as "holderKind", holder_id as "holderId", owner_agency_id as "ownerId", subject_kind as about, subject_id as "subjectId", ${END('ends_at')} as "end"
       from hien.access_grant`,
  );
  const under = (subjectId: string): Grant[] =>
    grants
      .filter((grant) => grant.subjectId === subjectId)
      .map((grant) => ({ ...grant, members: members.filter(({ grantId }) => grantId === grant.id) }));
  return {
    number: 0,
    agencies: [],
    people: [...people],
    cases: await readCases({ ask }, under),
    referrals: await readReferrals({ ask }, under),
    findings: await readFindings({ ask }),
  };
}

async function readCases({ ask }: Ask, under: (id: string) => Grant[]): Promise<Case[]> {
  const files = await ask<Pick<Case, 'id' | 'ownerId' | 'createdBy' | 'isRestricted'>>(
    `select id, owner_agency_id as "ownerId", created_by as "createdBy", restricted_at is not null as "isRestricted" from hien.case_file order by id`,
  );
  const consents = await ask<Consent>(
    'select id, case_id as "caseId", owner_agency_id as "ownerId", recipient_agency_id as "recipientId", state from hien.consent order by id',
  );
  const of = <T>(rows: readonly (T & { caseId: string })[], id: string): T[] =>
    rows.filter(({ caseId }) => caseId === id);
  const bars = await ask<Bar & { caseId: string }>(
    'select case_id as "caseId", staff_id as "staffId", lifted_at is not null as "isLifted" from hien.conflict_bar',
  );
  const doubts = await ask<Doubt & { caseId: string }>(
    'select id, case_id as "caseId", staff_id as "staffId" from hien.conflict_doubt',
  );
  const openings = await ask<Opening & { caseId: string }>(
    `select id, case_id as "caseId", staff_id as "staffId", ${END('ends_at')} as "end" from hien.break_glass`,
  );
  return files.map((file) => ({
    ...file,
    hasStrays: false,
    grants: under(file.id),
    bars: of<Bar>(bars, file.id),
    openings: of<Opening>(openings, file.id),
    consents: of<Consent>(consents, file.id),
    doubts: of<Doubt>(doubts, file.id),
  }));
}

async function readReferrals({ ask }: Ask, under: (id: string) => Grant[]): Promise<Referral[]> {
  const rows = await ask<Omit<Referral, 'grants'>>(
    `select id, case_id as "caseId", sender_agency_id as "senderId", recipient_agency_id as "recipientId", created_by as "createdBy",
       state, ends_on < current_date as "isLapsed" from hien.referral order by id`,
  );
  return rows.map((row) => ({ ...row, grants: under(row.id) }));
}

async function readFindings({ ask }: Ask): Promise<Finding[]> {
  return ask<Finding>(
    `select f.id, f.agency_id as "agencyId", f.auditor_id as "auditorId", f.actor_id as "actorId", p.agency_id as "actorAgencyId", f.state,
       (select jsonb_build_object('id', x.id) from hien.explanation x where x.finding_id = f.id) as explanation
       from hien.finding f join hien.staff p on p.id = f.actor_id order by f.id`,
  );
}
