import { readConfig, type Config } from '../config/config.ts';
import { migrate } from '../db/migrate.ts';
import { loadDirectory } from '../directory/load-directory.store.ts';
import { progress } from '../progress.ts';
import { CommandError } from './command-error.ts';
import { grantLogins, userOf, type LoginGrant } from './login-grants.store.ts';
import { runCommand } from './run-command.ts';

/** Brings the database of DATABASE_OWNER_URL to this release: migrations, row-level security, directory, rights of the logins. */
async function main(): Promise<number> {
  const config = readConfig();
  if (config.ownerUrl === undefined)
    throw new CommandError(
      'Thiếu DATABASE_OWNER_URL: kết nối của chủ sở hữu, được tạo vai trò và lược đồ.',
      'DATABASE_OWNER_URL is not set: the connection of the owner, who may create roles and schemas.',
    );
  const { applied, total } = await migrate(config.ownerUrl, (name) => progress.step(name));
  console.log(
    applied.length === 0
      ? `Đã đủ ${total} bước di trú. / All ${total} migrations were there.`
      : `Đã áp dụng ${applied.length} trong ${total} bước di trú. / Applied ${applied.length} of ${total} migrations.`,
  );
  await loadDirectory(config.ownerUrl);
  console.log('Đã nạp danh mục mã, dịch vụ, thời hạn. / Loaded code lists, services and clock rules.');
  const grants = grantsOf(config);
  await grantLogins(config.ownerUrl, grants);
  for (const { role, login, setting } of grants) console.log(`${role} → ${login} (${setting})`);
  return 0;
}

/** Without a URL of its own, the auditor's pool signs in as the application does. */
function grantsOf({ database }: Config): LoginGrant[] {
  if (database === null) return [];
  const login = userOf(database.url, 'DATABASE_URL');
  const { auditorUrl, keeperUrl, sequencerUrl } = database;
  return [
    { role: 'hien_app', login, setting: 'DATABASE_URL' },
    auditorUrl === undefined
      ? { role: 'hien_auditor', login, setting: 'DATABASE_URL' }
      : { role: 'hien_auditor', login: userOf(auditorUrl, 'DATABASE_AUDITOR_URL'), setting: 'DATABASE_AUDITOR_URL' },
    ...optional('hien_keeper', keeperUrl, 'DATABASE_KEEPER_URL'),
    ...optional('hien_sequencer', sequencerUrl, 'DATABASE_SEQUENCER_URL'),
  ];
}

function optional(role: LoginGrant['role'], url: string | undefined, setting: string): LoginGrant[] {
  return url === undefined ? [] : [{ role, login: userOf(url, setting), setting }];
}

runCommand(main);
