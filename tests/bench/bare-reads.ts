import type { Template } from './bare-rows.ts';
import type { Statement } from './bare-session.ts';

// What the system has to read for each unit, as plain prepared statements: the same rows and columns, no policy.

function statement(name: string, text: string, ...values: unknown[]): Statement {
  return { name: `bare ${name}`, text, values };
}

/** A case with its grant, key commitments and sealed documents. */
export function caseRows(caseId: string, agencyId: string): Statement[] {
  return [
    statement('case_file', 'select * from hien.case_file where id = $1', caseId),
    grants(caseId, agencyId),
    statement('data_key', 'select * from hien.data_key where subject_id = $1', caseId),
    documents(caseId),
  ];
}

export function grants(subjectId: string, holderId: string): Statement {
  const text = 'select * from hien.access_grant where subject_id = $1 and holder_id = $2';
  return statement('access_grant', text, subjectId, holderId);
}

export function documents(subjectId: string): Statement {
  const text = 'select * from hien.sealed_document where subject_id = $1 and is_current';
  return statement('sealed_document', text, subjectId);
}

/** What stands beside an open case: team, referrals by state, the last fifty deeds. */
export function caseSurroundings(caseId: string): Statement[] {
  return [
    statement(
      'team',
      `select m.staff_id, p.display_name, m.member_role from hien.case_member m join hien.staff p on p.id = m.staff_id
        where m.subject_id = $1 and m.ends_at is null`,
      caseId,
    ),
    statement('counts', 'select state, count(*) from hien.referral where case_id = $1 group by state', caseId),
    statement(
      'deeds',
      `select e.id, e.recorded_at, e.occurred_at, e.action, e.outcome, e.agency_id, p.display_name, e.event
         from hien.audit_event_case k ${EVENT}
         left join hien.staff p on p.id = e.actor_id
        where k.is_deed and k.case_id = $1 order by k.recorded_at desc limit 50`,
      caseId,
    ),
  ];
}

/** Each event by its key: a plan made while the log was short would otherwise join the whole of it at every look. */
const EVENT = `cross join lateral (select * from hien.audit_event
  where recorded_at = k.recorded_at and id = k.event_id offset 0) e`;

const LINE = `select c.id, c.code, c.stage, c.priority, c.due_at, c.created_at, c.assignee_id, c.version, p.display_name,
  count(r.id) filter (where r.state in ('draft', 'awaiting_consent')) as drafts, count(r.id) filter (where r.state in ('sent', 'received')) as waiting,
  count(r.id) filter (where r.state in ('accepted', 'in_service')) as active, count(r.id) as total
  from c left join hien.staff p on p.id = c.assignee_id left join hien.referral r on r.case_id = c.id
  group by c.id, c.code, c.stage, c.priority, c.due_at, c.created_at, c.assignee_id, c.version, p.display_name order by c.id desc`;

export function caseList(staffId: string): Statement {
  return statement(
    'list',
    `with c as (select f.* from hien.case_member m join hien.case_file f on f.id = m.subject_id
       where m.staff_id = $1 and m.subject_kind = 'case' and f.stage = $2 order by m.subject_id desc limit 51) ${LINE}`,
    staffId,
    'new',
  );
}

export function caseLine(caseId: string): Statement {
  return statement('line', `with c as (select * from hien.case_file where id = $1) ${LINE}`, caseId);
}

export function caseIdsByIndex({ field, value }: { field: string; value: Buffer }): Statement {
  const text = `select distinct case_id from hien.blind_index where purpose = 'search' and field = $1 and value = $2 limit 200`;
  return statement('index', text, field, value);
}

/** Days (UTC) of the log, newest first: its rows lie together by day. */
const DAYS = `(select today - n as day from (select (now() at time zone 'UTC')::date as today) t
  cross join lateral generate_series(0, today - (select min(recorded_on) from hien.audit_event_case)) n)`;

export function eventsOfCase(caseId: string): Statement {
  return statement(
    'events',
    `select e.id, e.recorded_at, e.occurred_at, e.actor_id, p.display_name, e.agency_id, e.owner_agency_id, e.action, e.outcome,
       e.object_kind, e.object_id, e.event, c.code
       from ${DAYS} d cross join lateral (select * from hien.audit_event_case
         where recorded_on = d.day and case_id = $1 and recorded_at >= d.day::timestamp at time zone 'UTC'
           and recorded_at < (d.day + 1)::timestamp at time zone 'UTC') k ${EVENT}
       left join hien.staff p on p.id = e.actor_id left join hien.case_file c on c.id = k.case_id
      order by d.day desc, k.recorded_at desc, k.event_id desc limit 51`,
    caseId,
  );
}

export function consents(caseId: string): Statement {
  return statement('consents', 'select * from hien.consent where case_id = $1 order by id desc', caseId);
}

export function referral(id: string): Statement {
  return statement('referral', 'select * from hien.referral where id = $1', id);
}

export function colleagues(agencyId: string): Statement {
  const text = `select s.id, s.display_name, r.role from hien.staff s join hien.staff_role r on r.staff_id = s.id
    where s.agency_id = $1 and s.is_active order by s.display_name`;
  return statement('colleagues', text, agencyId);
}

/** A sent referral as it was when it was a draft. */
export function asDraft({ table, columns, rows }: Template): Template {
  const kept = [
    'id',
    'case_id',
    'sender_agency_id',
    'recipient_agency_id',
    'priority',
    'ends_on',
    'created_by',
    'created_at',
  ];
  const places = kept.map((column) => columns.indexOf(column));
  return { table, columns: [...kept, 'state'], rows: rows.map((row) => [...places.map((at) => row[at]), 'draft']) };
}

/** The step from draft to sent, with both notices as the system sealed them. */
export function send(id: string, template: Template | undefined): Statement {
  const value = (column: string): unknown => template?.rows[0]?.[template.columns.indexOf(column)];
  return statement(
    'send',
    `update hien.referral set state = 'sent', sent_at = now(), due_at = now(), basis_kind = 'consent', sender_key_version = 1,
       recipient_key_version = 1, sender_notice = $2, recipient_notice = $3, version = version + 1 where id = $1 and version = 1`,
    id,
    value('sender_notice'),
    value('recipient_notice'),
  );
}

export function accept(id: string): Statement {
  return statement(
    'accept',
    `update hien.referral set state = 'accepted', answered_at = now(), received_at = now(), version = version + 1 where id = $1 and version = 2`,
    id,
  );
}

/** The record of a case for the statistics, with its key, before it is written anew. */
export function dropStatistics(caseId: string): Statement[] {
  const tables = [
    ['sealed_document', "compartment = 'statistics'"],
    ['data_key', "compartment = 'statistics'"],
    ['access_grant', "holder_kind = 'statistics'"],
  ];
  return [
    statement('count once', 'select pg_advisory_xact_lock(hashtextextended($1, 16))', caseId),
    ...tables.map(([table, which]) =>
      statement(`drop ${table}`, `delete from hien.${table} where subject_id = $1 and ${which}`, caseId),
    ),
  ];
}
