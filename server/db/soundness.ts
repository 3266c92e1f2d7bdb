import type { Pool } from 'pg';
import { pendingMigrations } from './migrate.ts';

/** The database is not one on which the walls hold; the message says which sentence is broken and what to do. */
export class UnsoundDatabaseError extends Error {}

const FACTS = `select r.rolsuper or r.rolbypassrls or pg_has_role(current_user, 'hien_archivist', 'MEMBER') as "bypasses",
  exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'hien' and pg_has_role(current_user, c.relowner, 'MEMBER')) as "owns",
  exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'hien' and c.relname = any ($1) and not (c.relrowsecurity and c.relforcerowsecurity)) as "unforced"
  from pg_roles r where r.rolname = current_user`;

/** Tables that hold case data, or the log. */
export const PROTECTED_TABLES = [
  'case_file',
  'access_grant',
  'case_member',
  'data_key',
  'sealed_document',
  'blind_index',
  'registration_draft',
  'idempotency',
  'consent',
  'referral',
  'conflict_bar',
  'conflict_doubt',
  'break_glass',
  'erasure_request',
  'erased_case',
  'audit_event',
  'audit_event_case',
  'audit_leaf',
  'audit_tile',
  'audit_checkpoint',
  'audit_cosignature',
  'key_renewal',
  'finding',
  'finding_event',
  'explanation',
  'surname_match',
];

/** Refuses to start when the application's role could pass by row-level security, or migrations are missing. */
export async function requireSoundDatabase(pool: Pool): Promise<void> {
  const missing = await pendingMigrations((text) => pool.query(text)).catch(() => ['hien_migration']);
  if (missing.length > 0)
    throw new UnsoundDatabaseError(
      `Cơ sở dữ liệu chưa cập nhật: hãy chạy npm run db:migrate. / The database is behind: run npm run db:migrate. (${missing.join(', ')})`,
    );
  const { rows } = await pool.query<{ bypasses: boolean; owns: boolean; unforced: boolean }>(FACTS, [PROTECTED_TABLES]);
  const [facts] = rows;
  if (facts === undefined || facts.bypasses)
    throw unsound(
      'DATABASE_URL không được là quyền quản trị hoặc bỏ qua phân quyền dòng',
      'DATABASE_URL must not be a superuser or bypass row-level security',
    );
  if (facts.owns) throw unsound('DATABASE_URL không được sở hữu bảng nào', 'DATABASE_URL must not own any table');
  if (facts.unforced) throw unsound('Có bảng chưa bật phân quyền dòng', 'A table lacks forced row-level security');
}

function unsound(vi: string, en: string): UnsoundDatabaseError {
  return new UnsoundDatabaseError(`${vi}. / ${en}.`);
}
