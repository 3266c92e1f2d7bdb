-- Referrals past their end, new data keys for whatever was shared and is over, and emergency access that ends early.
set role hien_owner;

create index referral_open_end on hien.referral (ends_on) where state in ('sent', 'received', 'accepted', 'in_service');

-- Who takes a shared key back asks for new data keys, by the deed itself: no way of ending a referral can forget it. So the
-- application needs the right to ask no longer.
revoke insert (id, subject_kind, subject_id, case_id, owner_agency_id) on hien.key_renewal from hien_app;
grant insert (id, subject_kind, subject_id, case_id, owner_agency_id) on hien.key_renewal to hien_definer;
grant select (version), update (state, closed_at, version) on hien.referral to hien_definer;
grant select (ends_at), update (ends_at) on hien.break_glass to hien_definer;
reset role;

set role hien_definer;

-- After a partner's grant on a referral is gone: the case and what was shared of it get new data keys. Of a case that goes as
-- a whole nothing is left to renew.
create function hien.ask_renewal() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into hien.key_renewal (id, subject_kind, subject_id, case_id, owner_agency_id)
  select gen_random_uuid(), taken.kind, taken.subject, old.case_id, old.owner_agency_id
    from (values ('case', old.case_id), ('referral', old.subject_id)) as taken (kind, subject)
   where exists (select 1 from hien.case_file c where c.id = old.case_id);
  return null;
end $$;
revoke all on function hien.ask_renewal() from public;
grant execute on function hien.ask_renewal() to hien_owner;

-- Ends referrals whose last day (in Viet Nam) is over and that nobody completed: at most `most` at a time, and none that somebody
-- is just answering. The recipient loses key and notice; the sender keeps what was sent. Answers with what it ended.
create function hien.expire_referrals(most int) returns table (id uuid, case_id uuid, sender_agency_id uuid)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  today constant date := (now() at time zone 'Asia/Ho_Chi_Minh')::date;
begin
  return query
    with over as (
      select r.id, r.recipient_agency_id from hien.referral r
       where r.state in ('sent', 'received', 'accepted', 'in_service') and r.ends_on < today
       order by r.ends_on, r.id limit most for update skip locked
    ), taken as (
      delete from hien.access_grant g using over
       where g.subject_kind = 'referral' and g.subject_id = over.id and g.holder_id = over.recipient_agency_id
    )
    update hien.referral r
       set state = 'expired', closed_at = now(), version = r.version + 1, recipient_notice = null, recipient_key_version = null
      from over where r.id = over.id
    returning r.id, r.case_id, r.sender_agency_id;
end $$;
-- As in 0014: what recipients still hold of referrals that ended before. Those that only now end are the other function's.
create or replace function hien.purge_ended_referrals() returns int
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone int;
begin
  delete from hien.access_grant g where g.subject_kind = 'referral' and g.ends_at < now();
  get diagnostics gone = row_count;
  update hien.referral r set recipient_notice = null, recipient_key_version = null
   where r.recipient_key_version is not null and r.ends_on < (now() at time zone 'Asia/Ho_Chi_Minh')::date
     and r.state not in ('sent', 'received', 'accepted', 'in_service');
  return gone;
end $$;

revoke all on function hien.expire_referrals(int) from public;
grant execute on function hien.expire_referrals(int) to hien_app;

-- An emergency access ends early, by the word of the person who has it: 'ended', 'over' where it had ended, 'refused'. Who
-- joined the team in the meantime stays in it: only the time that this use gave is cut.
create function hien.end_break_glass(wanted uuid) returns text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  context constant text[] := hien.bound();
  who constant uuid := context[1];
  about record;
begin
  select b.case_id, b.ends_at into about from hien.break_glass b
   where b.id = wanted and b.staff_id = who and not hien.is_barred(who, b.case_id) for update;
  if context is null or not found then return 'refused'; end if;
  if about.ends_at <= now() then return 'over'; end if;
  update hien.break_glass set ends_at = now() where id = wanted;
  update hien.case_member m set ends_at = now()
   where m.staff_id = who and m.subject_kind = 'case' and m.subject_id = about.case_id and m.ends_at = about.ends_at;
  return 'ended';
end $$;
revoke all on function hien.end_break_glass(uuid) from public;
grant execute on function hien.end_break_glass(uuid) to hien_app;
reset role;

set role hien_owner;
create trigger taken_back after delete on hien.access_grant for each row
  when (old.subject_kind = 'referral' and old.holder_kind = 'agency' and old.holder_id <> old.owner_agency_id)
  execute function hien.ask_renewal();
reset role;
