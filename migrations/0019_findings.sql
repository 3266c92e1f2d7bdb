-- What auditors find in the log, and the explanations they ask for. The words of a finding lie under the key of the
-- auditing agency; a question and its answer under that key and, in a second copy, under the key of the agency of the
-- person who was asked. Nothing here changes the log: findings point to its events.
set role hien_owner;

create table hien.finding (
  id uuid primary key,
  agency_id uuid not null references hien.agency,
  auditor_id uuid not null references hien.staff,
  actor_id uuid not null references hien.staff,
  rule text check (rule ~ '^[a-z_]{1,40}$'),
  state text not null default 'open',
  note_key_version int not null,
  sealed_note bytea not null,
  found_at timestamptz not null,
  outcome text,
  closed_by uuid references hien.staff,
  closed_at timestamptz,
  check (auditor_id <> actor_id),
  check ((state = 'closed') = (outcome is not null) and (state = 'closed') = (closed_by is not null) and (state = 'closed') = (closed_at is not null))
);
create index finding_agency on hien.finding (agency_id, found_at desc, id desc);

-- The events it rests on; they stay in the log, whatever becomes of the finding.
create table hien.finding_event (
  finding_id uuid not null references hien.finding on delete cascade,
  event_id uuid not null,
  recorded_at timestamptz not null,
  primary key (finding_id, event_id)
);

create table hien.explanation (
  id uuid primary key,
  finding_id uuid not null references hien.finding on delete cascade,
  agency_id uuid not null references hien.agency,
  asked_by uuid not null references hien.staff,
  staff_id uuid not null references hien.staff,
  staff_agency_id uuid not null references hien.agency,
  asked_at timestamptz not null,
  due_at timestamptz not null,
  answered_at timestamptz,
  asker_question_key_version int not null,
  asker_question bytea not null,
  staff_question_key_version int not null,
  staff_question bytea not null,
  asker_answer_key_version int,
  asker_answer bytea,
  staff_answer_key_version int,
  staff_answer bytea,
  check (due_at > asked_at),
  check ((answered_at is null) = (asker_answer is null) and (answered_at is null) = (staff_answer is null))
);
create index explanation_finding on hien.explanation (finding_id);
create index explanation_staff on hien.explanation (staff_id, asked_at desc);

-- Equal to server/audit/finding-states.rules.ts (a test compares them).
create table hien.finding_step (
  from_state text not null,
  to_state text not null,
  primary key (from_state, to_state)
);
insert into hien.finding_step values
  ('open', 'asked'), ('open', 'closed'), ('asked', 'answered'), ('asked', 'closed'), ('answered', 'asked'), ('answered', 'closed');

create function hien.guard_finding_step() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'open' then raise exception 'a finding begins open' using errcode = 'HN001'; end if;
    return new;
  end if;
  if (new.state <> old.state and not exists (select 1 from hien.finding_step s where s.from_state = old.state and s.to_state = new.state))
     or (old.state = 'closed' and (new.outcome, new.closed_by, new.closed_at) is distinct from (old.outcome, old.closed_by, old.closed_at)) then
    raise exception 'no such step' using errcode = 'HN001';
  end if;
  if (new.id, new.agency_id, new.auditor_id, new.actor_id, new.rule, new.found_at) is distinct from
     (old.id, old.agency_id, old.auditor_id, old.actor_id, old.rule, old.found_at) then
    raise exception 'whom a finding is about is fixed' using errcode = 'HN001';
  end if;
  return new;
end $$;
create trigger finding_step before insert or update on hien.finding for each row execute function hien.guard_finding_step();

grant select on hien.finding_step to hien_auditor, hien_definer, hien_keeper;
grant select, insert on hien.finding, hien.finding_event, hien.explanation to hien_auditor;
grant update (state, outcome, closed_by, closed_at) on hien.finding to hien_auditor;
grant select on hien.explanation to hien_app;
grant select, insert on hien.idempotency to hien_auditor;
-- The keeper of keys seals these words again under newer keys, as it does notices; the words of break-glass, too.
grant select (id, agency_id, note_key_version, sealed_note), update (note_key_version, sealed_note) on hien.finding to hien_keeper;
grant select (id, agency_id, staff_agency_id, asker_question_key_version, asker_question, staff_question_key_version, staff_question,
    asker_answer_key_version, asker_answer, staff_answer_key_version, staff_answer),
  update (asker_question_key_version, asker_question, staff_question_key_version, staff_question,
    asker_answer_key_version, asker_answer, staff_answer_key_version, staff_answer) on hien.explanation to hien_keeper;
grant select (id, case_id, agency_id, reason_key_version, sealed_reason, note_key_version, sealed_note),
  update (reason_key_version, sealed_reason, note_key_version, sealed_note) on hien.break_glass to hien_keeper;
grant select (id, agency_id, actor_id, state), update (state) on hien.finding to hien_definer;
grant select (id, finding_id, agency_id, staff_id, staff_agency_id, answered_at),
  update (answered_at, asker_answer_key_version, asker_answer, staff_answer_key_version, staff_answer) on hien.explanation to hien_definer;
reset role;

set role hien_definer;

-- What a decision needs to know: whether it belongs to the bound auditor's agency, and whether it is about herself.
create function hien.finding_for_decision(wanted uuid)
returns table (is_found boolean, agency_id uuid, state text, is_own_agency boolean, is_about_me boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  context constant text[] := hien.bound();
begin
  select f.id is not null, f.agency_id, f.state, coalesce(f.agency_id = context[2]::uuid, false), coalesce(f.actor_id = context[1]::uuid, false)
    into is_found, agency_id, state, is_own_agency, is_about_me
    from (select 1) one left join hien.finding f on f.id = wanted and context is not null;
  return next;
end $$;

create function hien.explanation_for_decision(wanted uuid)
returns table (is_found boolean, agency_id uuid, is_mine boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  context constant text[] := hien.bound();
begin
  select x.id is not null, x.agency_id, coalesce(x.staff_id = context[1]::uuid, false) into is_found, agency_id, is_mine
    from (select 1) one left join hien.explanation x on x.id = wanted and context is not null;
  return next;
end $$;

-- The asked person's answer, once, while the finding waits for it; moves the finding with it. 'answered', 'refused' or 'too_late'.
create function hien.answer_explanation(wanted uuid, asker_version int, asker_copy bytea, staff_version int, staff_copy bytea) returns text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  who constant uuid := hien.actor();
  about record;
begin
  select x.finding_id, x.answered_at into about from hien.explanation x where x.id = wanted and x.staff_id = who for update;
  if not found then return 'refused'; end if;
  if about.answered_at is not null then return 'too_late'; end if;
  update hien.finding f set state = 'answered' where f.id = about.finding_id and f.state = 'asked';
  if not found then return 'too_late'; end if;
  update hien.explanation set answered_at = now(), asker_answer_key_version = asker_version, asker_answer = asker_copy,
    staff_answer_key_version = staff_version, staff_answer = staff_copy where id = wanted;
  return 'answered';
end $$;

revoke all on function hien.finding_for_decision(uuid), hien.explanation_for_decision(uuid),
  hien.answer_explanation(uuid, int, bytea, int, bytea) from public;
grant execute on function hien.finding_for_decision(uuid) to hien_auditor;
grant execute on function hien.explanation_for_decision(uuid), hien.answer_explanation(uuid, int, bytea, int, bytea) to hien_app;
reset role;
