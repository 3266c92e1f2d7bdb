-- The bound context. `hien.bound` holds actor|agency|roles|purpose|session|mac for one transaction.
set role hien_definer;

create function hien.context_mac(context text) returns text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  pads record;
begin
  select s.inner_pad, s.outer_pad into pads from hien.binding_secret s;
  return encode(sha256(pads.outer_pad || sha256(pads.inner_pad ||
    convert_to(context || '|' || pg_current_xact_id()::text || '|' || pg_backend_pid()::text, 'UTF8'))), 'hex');
end $$;
revoke all on function hien.context_mac(text) from public;

-- The verified context as an array, or null: no context, a forged one, or one of another transaction.
-- Asked several times by every statement, so its pieces are plain expressions around a single look at the secret.
create function hien.bound() returns text[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  raw constant text := current_setting('hien.bound', true);
  stated text;
  pads record;
begin
  if raw is null or length(raw) < 66 or pg_current_xact_id_if_assigned() is null then return null; end if;
  stated := left(raw, -65);
  select s.inner_pad, s.outer_pad into pads from hien.binding_secret s;
  if right(raw, 65) = '|' || encode(sha256(pads.outer_pad || sha256(pads.inner_pad ||
       convert_to(stated || '|' || pg_current_xact_id_if_assigned()::text || '|' || pg_backend_pid()::text, 'UTF8'))), 'hex') then
    return string_to_array(stated, '|');
  end if;
  return null;
end $$;

create function hien.actor() returns uuid
language plpgsql stable set search_path = pg_catalog, pg_temp as $$ begin return (hien.bound())[1]; end $$;

create function hien.agency() returns uuid
language plpgsql stable set search_path = pg_catalog, pg_temp as $$ begin return (hien.bound())[2]; end $$;

create function hien.has_role(wanted text) returns boolean
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return coalesce(wanted = any (string_to_array((hien.bound())[3], ',')), false);
end $$;

-- Proves a bearer and binds this transaction to its person. A bearer that is unknown, ended, expired
-- or whose person left yields no row and binds nothing. A locked session is told apart but not bound.
create function hien.bind_session(token bytea, wanted_purpose text)
returns table (session_id uuid, staff_id uuid, agency_id uuid, roles text, display_name text, is_locked boolean,
  public_hash bytea, expires_at timestamptz, purpose text)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  context text := set_config('hien.bound', '', true);
begin
  select s.id, s.staff_id, p.agency_id, p.display_name, s.public_hash, s.expires_at,
         (s.locked_at is not null or s.last_seen_at < clock_timestamp() - interval '30 minutes'),
         coalesce((select string_agg(r.role, ',' order by r.role) from hien.staff_role r where r.staff_id = s.staff_id), '')
    into session_id, staff_id, agency_id, display_name, public_hash, expires_at, is_locked, roles
    from hien.session_token t
    join hien.staff_session s on s.id = t.session_id
    join hien.staff p on p.id = s.staff_id
   where t.token_hash = sha256(token)
     and t.expires_at > clock_timestamp() and s.expires_at > clock_timestamp() and s.ended_at is null
     and (s.locked_at is null or s.locked_at > clock_timestamp() - interval '15 minutes')
     and s.last_seen_at > clock_timestamp() - interval '45 minutes'
     and p.is_active;
  if not found then return; end if;
  purpose := case when wanted_purpose ~ '^[a-z_]{0,40}$' then wanted_purpose else '' end;
  if not is_locked then
    context := staff_id || '|' || agency_id || '|' || roles || '|' || purpose || '|' || session_id;
    context := set_config('hien.bound', context || '|' || hien.context_mac(context), true);
  end if;
  return next;
end $$;

-- Reserves `step` consecutive numbers of the bound session; returns the number before the first. Gapless, as it rolls back with the deed.
create function hien.advance_session(step int) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  context text[] := hien.bound();
  last_seq bigint;
begin
  if context is null then return null; end if;
  update hien.staff_session set event_seq = event_seq + step, last_seen_at = clock_timestamp()
   where id = context[5]::uuid returning event_seq - step into last_seq;
  return last_seq;
end $$;

-- What the password must be hashed with. An unknown name gets a steady decoy, so that it cannot be told apart.
create function hien.sign_in_parameters(wanted text, default_parameters text)
returns table (parameters text, salt bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(c.parameters, default_parameters), coalesce(c.salt, substr(sha256(s.decoy || convert_to(wanted, 'UTF8')), 1, 16))
    from hien.binding_secret s
    left join (select c.parameters, c.salt from hien.staff p join hien.staff_credential c on c.staff_id = p.id where p.username = lower(wanted)) c on true
$$;

-- Opens a session for who presents the argon2id output that belongs to the name; binds nothing.
create function hien.open_session(wanted text, proof bytea, new_session uuid, token_hash bytea, new_public_hash bytea, life interval)
returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  who uuid;
begin
  select p.id into who from hien.staff p join hien.staff_credential c on c.staff_id = p.id
   where p.username = lower(wanted) and p.is_active and c.verifier = sha256(proof);
  if who is null then return null; end if;
  insert into hien.staff_session (id, staff_id, public_hash, expires_at)
  values (new_session, who, new_public_hash, clock_timestamp() + least(life, interval '12 hours'));
  insert into hien.session_token (token_hash, session_id, kind, expires_at)
  values (token_hash, new_session, 'cookie', clock_timestamp() + least(life, interval '12 hours'));
  return who;
end $$;

-- A locked session opens again for its own person's password. The raw bearer is asked for, not the session's id.
create function hien.unlock_session(token bytea, proof bytea) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  update hien.staff_session s set locked_at = null, last_seen_at = clock_timestamp()
    from hien.session_token t, hien.staff_credential c
   where t.token_hash = sha256(token) and s.id = t.session_id and c.staff_id = s.staff_id and c.verifier = sha256(proof)
     and s.ended_at is null and s.expires_at > clock_timestamp()
     and (s.locked_at is null or s.locked_at > clock_timestamp() - interval '15 minutes')
     and s.last_seen_at > clock_timestamp() - interval '45 minutes';
  return found;
end $$;

-- Whose session a bearer belongs to, locked or not; needed to unlock and to end it.
create function hien.session_of(token bytea) returns table (session_id uuid, staff_id uuid, username text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.id, s.staff_id, p.username from hien.session_token t join hien.staff_session s on s.id = t.session_id join hien.staff p on p.id = s.staff_id
   where t.token_hash = sha256(token) and s.ended_at is null and s.expires_at > clock_timestamp()
$$;

create function hien.lock_session(token bytea) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update hien.staff_session s set locked_at = coalesce(s.locked_at, clock_timestamp())
    from hien.session_token t where t.token_hash = sha256(token) and s.id = t.session_id and s.ended_at is null
$$;

create function hien.end_session(token bytea) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update hien.staff_session s set ended_at = clock_timestamp()
    from hien.session_token t where t.token_hash = sha256(token) and s.id = t.session_id and s.ended_at is null
$$;

-- A short-lived bearer of the bound session, for a partner's own software (5 minutes).
create function hien.add_bearer(new_token_hash bytea) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  context text[] := hien.bound();
begin
  if context is null then return false; end if;
  delete from hien.session_token where session_id = context[5]::uuid and kind = 'bearer' and expires_at < clock_timestamp();
  insert into hien.session_token (token_hash, session_id, kind, expires_at)
  values (new_token_hash, context[5]::uuid, 'bearer', clock_timestamp() + interval '5 minutes');
  return true;
end $$;

revoke all on all functions in schema hien from public;
grant execute on function hien.bound(), hien.actor(), hien.agency(), hien.has_role(text), hien.bind_session(bytea, text),
  hien.advance_session(int) to hien_app, hien_auditor, hien_owner;
grant execute on function hien.sign_in_parameters(text, text), hien.open_session(text, bytea, uuid, bytea, bytea, interval),
  hien.unlock_session(bytea, bytea), hien.lock_session(bytea), hien.end_session(bytea), hien.session_of(bytea),
  hien.add_bearer(bytea) to hien_app;
reset role;
