-- Proofs that a row is what it claims to be now, which nobody can make again once they are gone:
--   sealed_document.current_proof   32 random bytes whose hash the ciphertext authenticates; wiped when a newer revision
--                                   supersedes the row, so an older revision cannot be passed off as the current one
--   consent.standing_proof          the same for a consent: wiped by its withdrawal, which needs no key
--   access_grant.latest_end         the end that was granted; authenticated with the bundle, so an end can only be shortened
-- Rows written before have none of them and are opened as before.
set role hien_owner;

alter table hien.sealed_document
  add column current_proof bytea check (octet_length(current_proof) = 32),
  add column current_proof_hash bytea check (octet_length(current_proof_hash) = 32);
alter table hien.access_grant add column latest_end timestamptz;
alter table hien.consent add column standing_proof bytea check (octet_length(standing_proof) = 32);

grant update (current_proof) on hien.sealed_document to hien_app;
grant update (standing_proof) on hien.consent to hien_app;

grant select (ends_on, recipient_key_version), update (recipient_notice, recipient_key_version) on hien.referral to hien_definer;
grant delete on hien.access_grant to hien_definer;
reset role;

-- Takes from recipients what their time is over for: the key to the envelope, and the notice. The sender keeps hers.
set role hien_definer;
create function hien.purge_ended_referrals() returns int
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone int;
begin
  delete from hien.access_grant g where g.subject_kind = 'referral' and g.ends_at < now();
  get diagnostics gone = row_count;
  update hien.referral r set recipient_notice = null, recipient_key_version = null
   where r.recipient_key_version is not null and r.ends_on < (now() at time zone 'Asia/Ho_Chi_Minh')::date;
  return gone;
end $$;
revoke all on function hien.purge_ended_referrals() from public;
grant execute on function hien.purge_ended_referrals() to hien_app;
reset role;
