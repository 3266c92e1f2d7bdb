-- The transparency log: events in one order, hashed into a Merkle tree (RFC 6962) whose head is signed (C2SP tlog-checkpoint).
--   hien_sequencer   reads events and appends to the tree; changes nothing that is there; nobody signs in as it
-- These tables hold hashes and sizes only; the leaf of an event is SHA-256(0x00 ‖ its stored bytes).
do $$
begin
  if not exists (select 1 from pg_roles where rolname = 'hien_sequencer') then
    create role hien_sequencer nologin nosuperuser nobypassrls;
  end if;
  execute format('grant hien_sequencer to %I', current_user);
end $$;
grant usage on schema hien to hien_sequencer;

set role hien_owner;

-- The log's name: first line of every checkpoint. Settled once; a new one begins a new log (npm run audit:restart).
alter table hien.installation add column audit_origin text
  check (length(audit_origin) between 1 and 200 and audit_origin !~ '[[:space:][:cntrl:]+]');

create table hien.audit_leaf (
  leaf_index bigint primary key check (leaf_index >= 0),
  event_id uuid not null unique,
  recorded_at timestamptz not null,
  leaf_hash bytea not null check (octet_length(leaf_hash) = 32)
);
create index audit_leaf_recorded on hien.audit_leaf using brin (recorded_at);

-- C2SP tlog-tiles of height 8; a tile that is not full grows where it stands, and its older widths are its beginnings.
create table hien.audit_tile (
  level smallint not null check (level between 0 and 7),
  tile_index bigint not null check (tile_index >= 0),
  width smallint not null check (width between 1 and 256),
  hashes bytea not null,
  primary key (level, tile_index),
  check (octet_length(hashes) = 32 * width)
);
-- Hashes do not compress, and single ones are read out of the middle.
alter table hien.audit_tile alter column hashes set storage external;

-- `note` is the signed note with the log's own signature; the lines of witnesses stand beside it.
create table hien.audit_checkpoint (
  size bigint primary key check (size > 0),
  root bytea not null check (octet_length(root) = 32),
  note text not null,
  signed_at timestamptz not null
);
create table hien.audit_cosignature (
  size bigint not null references hien.audit_checkpoint,
  witness text not null,
  line text not null,
  cosigned_at timestamptz not null,
  received_at timestamptz not null,
  primary key (size, witness)
);
create index audit_cosignature_witness on hien.audit_cosignature (witness, size);

create function hien.refuse_shrinking() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if (new.level, new.tile_index) is distinct from (old.level, old.tile_index) or new.width < old.width
    or substr(new.hashes, 1, 32 * old.width) is distinct from old.hashes
  then raise exception 'the audit tree only grows' using errcode = 'HN002'; end if;
  return new;
end $$;
create trigger audit_tile_grows before update on hien.audit_tile for each row execute function hien.refuse_shrinking();
create trigger audit_tile_stays before delete on hien.audit_tile for each row execute function hien.refuse_change();

do $$
declare
  t text;
begin
  foreach t in array array['audit_leaf', 'audit_checkpoint', 'audit_cosignature'] loop
    execute format('create trigger %I before update or delete on hien.%I for each row execute function hien.refuse_change()', t || '_fixed', t);
  end loop;
  foreach t in array array['audit_leaf', 'audit_tile', 'audit_checkpoint', 'audit_cosignature'] loop
    execute format('create trigger no_truncate before truncate on hien.%I for each statement execute function hien.refuse_change()', t);
    execute format('grant select, insert on hien.%I to hien_sequencer', t);
    execute format('grant select on hien.%I to hien_auditor', t);
  end loop;
end $$;
grant update (width, hashes) on hien.audit_tile to hien_sequencer;
grant select on hien.audit_event to hien_sequencer;
grant insert on hien.audit_event, hien.audit_event_case to hien_sequencer;
grant select (id, audit_epoch, audit_origin) on hien.installation to hien_sequencer;
grant select (leaf_index, event_id, recorded_at, leaf_hash) on hien.audit_leaf to hien_definer;
grant select (level, tile_index, hashes) on hien.audit_tile to hien_definer;
grant update (audit_origin) on hien.installation to hien_definer;
reset role;

set role hien_definer;
-- The name of the log: the one that was settled, or from now on `wanted`, or else one made of the installation's id
-- under a domain that nobody owns (RFC 2606).
create function hien.settle_audit_origin(wanted text) returns text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  settled text;
begin
  update hien.installation i set audit_origin = coalesce(wanted,
    'hien.invalid/' || left(encode(sha256(convert_to('hien-audit-origin ' || i.id::text, 'UTF8')), 'hex'), 16))
   where i.audit_origin is null;
  select i.audit_origin into settled from hien.installation i;
  return settled;
end $$;

-- Milliseconds that the oldest event has been waiting for the tree; 0 when none waits. The order of the tree is
-- (epoch, xid, id), so nothing before the newest leaf needs a look: this costs the same for every size of the log.
create function hien.audit_delay() returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  last record;
  waiting timestamptz;
begin
  select e.epoch, e.xid into last
    from (select l.recorded_at, l.event_id from hien.audit_leaf l order by l.leaf_index desc limit 1) newest
    join hien.audit_event e on e.recorded_at = newest.recorded_at and e.id = newest.event_id;
  if last.epoch is null then
    select min(e.recorded_at) into waiting from hien.audit_event e;
  else
    select e.recorded_at into waiting from hien.audit_event e
     where (e.epoch, e.xid) >= (last.epoch, last.xid) and not exists (select 1 from hien.audit_leaf l where l.event_id = e.id)
     order by e.epoch, e.xid limit 1;
  end if;
  return coalesce(greatest(0, extract(epoch from clock_timestamp() - waiting) * 1000)::bigint, 0);
end $$;

-- How the days of the log stand, for auditors: events, those in the tree, and those that are broken: the stored bytes do not
-- hash to the leaf, the leaf is not the one in the tile, or the event is gone. Counts only, of the whole log.
create function hien.audit_days(from_day date, days int, zone text)
returns table (day date, events bigint, sealed bigint, broken bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  begins constant timestamptz := from_day::timestamp at time zone zone;
  ends constant timestamptz := (from_day + days)::timestamp at time zone zone;
begin
  if not hien.has_role('auditor') then return; end if;
  return query
    with e as (select a.id, a.recorded_at, sha256('\x00'::bytea || a.event) as hash from hien.audit_event a
                where a.recorded_at >= begins and a.recorded_at < ends),
      l as (select f.event_id, f.recorded_at, f.leaf_hash,
              f.leaf_hash is distinct from substr(t.hashes, (f.leaf_index % 256)::int * 32 + 1, 32) as is_off
              from hien.audit_leaf f left join hien.audit_tile t on t.level = 0 and t.tile_index = f.leaf_index / 256
             where f.recorded_at >= begins and f.recorded_at < ends)
    select (coalesce(e.recorded_at, l.recorded_at) at time zone zone)::date, count(e.id), count(l.event_id),
           count(*) filter (where l.event_id is not null and (l.is_off or l.leaf_hash is distinct from e.hash))
      from e full join l on l.event_id = e.id group by 1 order by 1;
end $$;

revoke all on function hien.settle_audit_origin(text), hien.audit_delay(), hien.audit_days(date, int, text) from public;
grant execute on function hien.settle_audit_origin(text) to hien_sequencer;
grant execute on function hien.audit_delay() to hien_app, hien_auditor, hien_sequencer;
grant execute on function hien.audit_days(date, int, text) to hien_auditor;
grant execute on function hien.advance_session(int), hien.bound(), hien.actor(), hien.agency() to hien_sequencer;
reset role;
