import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { passwordProof } from '../../server/identity/password.ts';
import { secretOfShares } from '../../server/keys/secret-shares.ts';
import { parseShare } from '../../server/keys/share-file.ts';
import { startOwnServer, type OwnDatabase, type OwnServer } from '../support/own-server.ts';
import { run, type Ran } from './run.ts';

let server: OwnServer;
let database: OwnDatabase;
const files = new Map<string, string>();

async function aFile(name: string, content: string): Promise<string> {
  const path = join(server.folder, name);
  await writeFile(path, content, { mode: 0o600 });
  files.set(name, path);
  return path;
}

/** An owner who is no superuser, as a hosted database gives one, and the application's own user. */
beforeAll(async () => {
  server = await startOwnServer();
  database = await server.aDatabase();
  for (const login of ['the_owner login createrole', 'the_service login', 'mighty login bypassrls'])
    await database.ask(`create role ${login} password 'p'`);
  const [row] = await database.ask<{ name: string }>('select current_database() as name');
  await database.ask(`alter database ${row?.name ?? ''} owner to the_owner`);
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

const urls = () => ({
  DATABASE_OWNER_URL: database.urlFor('the_owner', 'p'),
  DATABASE_URL: database.urlFor('the_service', 'p'),
});

describe('npm run db:migrate', () => {
  it('says what it needs', async () => {
    expect(await run('commands/migrate.command', {})).toMatchObject({
      code: 2,
      err: expect.stringContaining('DATABASE_OWNER_URL'),
    });
  });

  it('migrates, loads the directory and grants the logins; a second run changes nothing', async () => {
    const first = await run('commands/migrate.command', { env: urls() });
    expect(first, first.err).toMatchObject({ code: 0 });
    expect(first.out).toContain('0001_roles.sql');
    expect(first.out).toContain('hien_app → the_service (DATABASE_URL)');
    expect(first.out).toContain('hien_auditor → the_service (DATABASE_URL)');
    const again = await run('commands/migrate.command', { env: urls() });
    expect(again.code).toBe(0);
    expect(again.out).toMatch(/All \d+ migrations were there/);
    const [row] = await database.ask<{ services: number }>('select count(*)::int as services from hien.service');
    expect(row?.services).toBeGreaterThan(40);
  });

  it('refuses a login that could pass by row-level security, and one that is not there', async () => {
    for (const login of ['mighty', 'the_owner', 'nobody']) {
      const ran = await run('commands/migrate.command', {
        env: { ...urls(), DATABASE_URL: database.urlFor(login, 'p') },
      });
      expect(ran, login).toMatchObject({ code: 2, err: expect.stringContaining(`"${login}"`) });
    }
  });
});

const ANSWERS = {
  operatorUsername: 'van.hanh',
  operatorName: 'Lê Vận Hành',
  agencyNameVi: 'Phòng Văn hoá – Xã hội phường Sơn Trà',
  agencyNameEn: 'Culture–Social Office of Sơn Trà Ward',
  agencyKind: 'CULTURE_SOCIAL_OFFICE',
  agencySectors: ['SOCIAL', 'CHILD'],
  areaCode: '20263',
  areaName: 'Phường Sơn Trà',
  areaParent: '48',
  areaParentName: 'Thành phố Đà Nẵng',
  adminUsername: 'quan.tri',
  adminName: 'Trần Quản Trị',
};
const PASSPHRASE = 'một cụm mật khẩu để thử';

describe('npm run setup', () => {
  const settings = async () => ({
    ...urls(),
    HIEN_DATA: join(server.folder, 'production'),
    HIEN_KEYRING_PASSPHRASE_FILE: await aFile('passphrase', `${PASSPHRASE}\n`),
  });
  const setUp = async (answers: object, more: Record<string, string> = {}): Promise<Ran> =>
    run('commands/setup.command', {
      args: ['--json'],
      env: { ...(await settings()), ...more },
      input: JSON.stringify(answers),
    });

  it('is for a production server', async () => {
    const ran = await run('commands/setup.command', { env: { HIEN_DATA: server.folder } });
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining('DATABASE_URL') });
  });

  it('names every missing or faulty answer by its flag, and writes nothing', async () => {
    const { agencyNameVi: _left, ...rest } = ANSWERS;
    const ran = await setUp({ ...rest, agencyKind: 'KHÔNG_CÓ', adminUsername: 'van.hanh', areaParent: '' });
    expect(ran.code).toBe(2);
    for (const flag of ['--agency-name-vi', '--agency-kind', '--admin-username', '--area-parent'])
      expect(ran.err).toContain(flag);
    expect(await database.ask('select 1 from hien.agency')).toEqual([]);
    await expect(stat(join(server.folder, 'production', 'keyring.json'))).rejects.toThrow();
  });

  it('refuses a demonstration', async () => {
    await database.ask('update hien.installation set is_demonstration = true');
    expect(await setUp(ANSWERS)).toMatchObject({ code: 2, err: expect.stringContaining('demonstration') });
    await database.ask('update hien.installation set is_demonstration = false');
  });

  it('makes the keyring, the operator, the agency with its keys and its administrator, and shows the passwords once', async () => {
    const ran = await setUp(ANSWERS);
    expect(ran, ran.err).toMatchObject({ code: 0 });
    const answer = JSON.parse(ran.out) as {
      accounts: { username: string; password: string; roles: string[] }[];
      guardian: { shares: string[] };
    };
    const shares = answer.guardian.shares.map((text) => parseShare(text, 'setup'));
    expect(secretOfShares(shares.slice(0, 2), 'guardian')).toEqual(secretOfShares(shares.slice(1), 'guardian'));
    expect(await database.ask(`select version from hien.principal_key where kind = 'guardian'`)).toEqual([
      { version: 1 },
    ]);
    expect(answer.accounts.map(({ username, roles }) => [username, roles])).toEqual([
      ['van.hanh', ['operator']],
      ['quan.tri', ['agency_admin']],
    ]);
    for (const account of answer.accounts) expect(await opens(account)).toBe(true);
    const rows = await database.ask(
      `select a.name_vi, (select count(*)::int from hien.agency_service s where s.agency_id = a.id) as services,
         (select count(*)::int from hien.principal_key k where k.principal_id = a.id) as keys from hien.agency a order by a.kind`,
    );
    expect(rows).toEqual([
      { name_vi: ANSWERS.agencyNameVi, services: 11, keys: 1 },
      { name_vi: 'Đơn vị vận hành Hiên', services: 0, keys: 1 },
    ]);
    const keyring = join(server.folder, 'production', 'keyring.json');
    expect((await stat(keyring)).mode & 0o777).toBe(0o600);
    expect(`${ran.out}${ran.err}${await readFile(keyring, 'utf8')}`).not.toContain(PASSPHRASE);
  });

  it('refuses where somebody was set up before', async () => {
    expect(await setUp(ANSWERS)).toMatchObject({ code: 2, err: expect.stringContaining('accounts already') });
  });
});

describe('npm start with DATABASE_URL', () => {
  it('refuses a database with demonstration accounts', async () => {
    await database.ask('update hien.installation set is_demonstration = true');
    const ran = await run('main', {
      env: {
        ...urls(),
        PORT: '0',
        HIEN_DATA: join(server.folder, 'production'),
        HIEN_KEYRING_PASSPHRASE_FILE: files.get('passphrase') ?? '',
      },
    });
    await database.ask('update hien.installation set is_demonstration = false');
    expect(ran).toMatchObject({ code: 1, err: expect.stringContaining('is a demonstration') });
  });
});

async function opens({ username, password }: { username: string; password: string }): Promise<boolean> {
  const [row] = await database.ask<{ parameters: string; salt: Buffer; verifier: Buffer }>(
    'select c.* from hien.staff_credential c join hien.staff s on s.id = c.staff_id where s.username = $1',
    [username],
  );
  if (row === undefined) return false;
  const proof = await passwordProof(password, row.parameters, row.salt);
  return createHash('sha256').update(proof).digest().equals(row.verifier);
}

describe('npm run import:areas', () => {
  const rows = [
    { code: '48', name: 'Thành phố Đà Nẵng', parent: null },
    { code: '20263', name: 'Phường Sơn Trà', parent: '48' },
    { code: '20275', name: 'Phường An Hải', parent: '48' },
    { code: '20285', name: '', parent: '48' },
  ];
  const areas = () => database.ask('select code from hien.area order by 1');

  it('reports the refused row in both languages and takes the others', async () => {
    const file = await aFile('areas.json', JSON.stringify(rows));
    const env = { DATABASE_OWNER_URL: database.urlFor('the_owner', 'p') };
    const dry = await run('commands/import-areas.command', { args: [file, '--dry-run'], env });
    expect(dry.code).toBe(1);
    expect(dry.out).toContain('nothing was written');
    expect(await areas()).toHaveLength(2);
    const ran = await run('commands/import-areas.command', { args: [file], env });
    expect(ran.code).toBe(1);
    expect(ran.err).toContain('✗ dòng 4 (20285): thiếu tên / row 4 (20285): the name is missing');
    expect(await areas()).toEqual([{ code: '20263' }, { code: '20275' }, { code: '48' }]);
    const whole = await aFile('good.json', JSON.stringify(rows.slice(0, 3)));
    expect(await run('commands/import-areas.command', { args: [whole], env })).toMatchObject({ code: 0, err: '' });
  });

  it('says how to use it, and what is wrong with a file', async () => {
    expect(await run('commands/import-areas.command', {})).toMatchObject({
      code: 2,
      err: expect.stringContaining('Usage'),
    });
    const file = await aFile('broken.json', '{"code":');
    expect(await run('commands/import-areas.command', { args: [file] })).toMatchObject({
      code: 2,
      err: expect.stringContaining('not JSON'),
    });
  });

  it('says how to run beside a running system', async () => {
    await mkdir(join(server.folder, 'data'), { recursive: true });
    const file = files.get('good.json') ?? '';
    const ran = await run('commands/import-areas.command', {
      args: [file],
      env: { HIEN_DATA: join(server.folder, 'data') },
    });
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(
      /DATABASE_OWNER_URL="postgresql:\/\/postgres:\$\(cat .*postgres\.secret\)@127\.0\.0\.1:\d+\/hien" npm run import:areas -- /,
    );
  });
});
