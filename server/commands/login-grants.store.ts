import pg from 'pg';
import { CommandError } from './command-error.ts';

/** Which role a connection's user gets. `setting` is the name of the setting that named the user. */
export type LoginGrant = {
  role: 'hien_app' | 'hien_auditor' | 'hien_keeper' | 'hien_sequencer';
  login: string;
  setting: string;
};

/** The user inside a connection URL. @throws CommandError when there is none */
export function userOf(url: string, setting: string): string {
  const user = URL.canParse(url) ? decodeURIComponent(new URL(url).username) : '';
  if (user === '')
    throw new CommandError(
      `${setting} phải có dạng postgresql://người-dùng:mật-khẩu@máy-chủ/cơ-sở-dữ-liệu.`,
      `${setting} must look like postgresql://user:password@host/database.`,
    );
  return user;
}

/**
 * Grants the application's roles to the users it connects as. A user who could pass by row-level security is refused:
 * the system would not start with it.
 */
export async function grantLogins(ownerUrl: string, grants: readonly LoginGrant[]): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'hien migrate' });
  await client.connect();
  try {
    for (const grant of grants) await requireHarmless(client, grant);
    for (const { role, login } of grants) await client.query(`grant ${role} to ${client.escapeIdentifier(login)}`);
  } finally {
    await client.end();
  }
}

async function requireHarmless(client: pg.Client, { login, setting }: LoginGrant): Promise<void> {
  const { rows } = await client.query<{ isMighty: boolean; isOwner: boolean }>(
    `select rolsuper or rolbypassrls as "isMighty", pg_has_role(oid, 'hien_owner', 'member') or pg_has_role(oid, 'hien_archivist', 'member') as "isOwner"
       from pg_roles where rolname = $1`,
    [login],
  );
  const [row] = rows;
  if (row === undefined)
    throw new CommandError(
      `Chưa có người dùng cơ sở dữ liệu "${login}" (${setting}); hãy tạo bằng CREATE ROLE … LOGIN PASSWORD ….`,
      `The database has no user "${login}" (${setting}); make it with CREATE ROLE … LOGIN PASSWORD ….`,
    );
  if (row.isMighty || row.isOwner)
    throw new CommandError(
      `Người dùng "${login}" (${setting}) có quyền quản trị hoặc sở hữu bảng; ứng dụng phải dùng một người dùng khác, không có quyền này.`,
      `The user "${login}" (${setting}) is a superuser, bypasses row-level security or owns tables; the application needs another user without these rights.`,
    );
}
