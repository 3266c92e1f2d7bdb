import { chmod, chown, copyFile, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createKeyring } from '../../server/keys/keyring.ts';
import { secret } from '../../server/kernel/secret.ts';
import { startTransit } from '../support/transit-server.ts';
import { run } from './run.ts';

/** The real program, as `npm start` runs it: what it says and how it ends when the keys cannot be had. */

const PASSPHRASE = 'bốn con đường nhỏ';
let folder = '';
let sound = '';
let keyring = '';
let passphrase = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hien-start-'));
  sound = join(folder, 'sound.json');
  keyring = join(folder, 'keyring.json');
  passphrase = join(folder, 'passphrase');
  await createKeyring({ file: sound, passphrase: secret(PASSPHRASE) });
});

beforeEach(async () => {
  for (const file of [keyring, passphrase]) await rm(file, { force: true });
  await copyFile(sound, keyring);
  await chmod(keyring, 0o600);
  await writeFile(passphrase, `${PASSPHRASE}\n`, { mode: 0o600 });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** One sentence in each language, a code that is not zero, and nothing was started or written. */
async function refusedWith(vi: RegExp, en: RegExp, settings: Record<string, string> = {}): Promise<void> {
  const data = join(folder, 'data');
  const env = {
    HIEN_DATA: data,
    PORT: '0',
    HIEN_KEYRING: keyring,
    HIEN_KEYRING_PASSPHRASE_FILE: passphrase,
    ...settings,
  };
  const ran = await run('main', { env });
  expect(ran.code, ran.err).toBe(1);
  const lines = ran.err.trim().split('\n');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(vi);
  expect(lines[0]).toMatch(en);
  expect(lines[0]).not.toMatch(/\bat .*\.ts:|KeyringError|TransitError/);
  expect(`${ran.out}${ran.err}`).not.toContain(PASSPHRASE);
  await expect(readdir(join(data, 'postgres'))).rejects.toThrow('ENOENT');
}

describe('npm start refuses a keyring', () => {
  it.each([0o644, 0o640, 0o604, 0o660])('with mode %o', async (mode) => {
    await chmod(keyring, mode);
    await refusedWith(/Người dùng khác trên máy/, /Other users of this machine can reach the keyring file.*0600/);
  });

  it('that belongs to another account', async () => {
    // Only root can give files away; for everybody else there are root's.
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) await chown(keyring, 12_345, 12_345);
    const file = isRoot ? keyring : '/etc/hostname';
    await refusedWith(/không thuộc về tài khoản/, /does not belong to the account/, { HIEN_KEYRING: file });
  });

  it('behind a symbolic link', async () => {
    await rm(keyring);
    await symlink(sound, keyring);
    await refusedWith(/liên kết tượng trưng/, /symbolic link/);
  });

  it('that is damaged', async () => {
    const text = await readFile(sound, 'utf8');
    await writeFile(keyring, text.slice(0, -30), { mode: 0o600 });
    await refusedWith(/bị hỏng/, /damaged or its format is unknown/);
    const altered = { ...(JSON.parse(text) as { sealed: string }) };
    altered.sealed = `${altered.sealed.startsWith('A') ? 'B' : 'A'}${altered.sealed.slice(1)}`;
    await writeFile(keyring, JSON.stringify(altered), { mode: 0o600 });
    await refusedWith(/đã bị thay đổi/, /the file was altered/);
  });

  it('with the wrong passphrase', async () => {
    await writeFile(passphrase, 'một con đường khác', { mode: 0o600 });
    await refusedWith(/cụm mật khẩu sai/, /passphrase is wrong/);
  });

  it('whose passphrase is missing, or readable by everybody', async () => {
    await chmod(passphrase, 0o644);
    await refusedWith(/Mọi người dùng trên máy/, /Everybody on this machine can reach the file with the passphrase/);
    await rm(passphrase);
    await refusedWith(/Không đọc được tệp chứa cụm mật khẩu/, /passphrase.*cannot be read/);
  });

  it('that is missing where a database is named: a second one would not open its cases', async () => {
    await rm(keyring);
    const DATABASE_URL = 'postgresql://nobody:nothing@127.0.0.1:1/none';
    await refusedWith(/Không tìm thấy tệp chùm khóa/, /keyring file does not exist/, { DATABASE_URL });
  });
});

describe('npm start refuses a key store', () => {
  it('that is away, sealed, or does not know us', async () => {
    const store = await startTransit();
    const settings = {
      HIEN_CUSTODIAN: 'transit',
      HIEN_TRANSIT_URL: store.url,
      HIEN_TRANSIT_TOKEN_FILE: join(folder, 'token'),
    };
    await writeFile(settings.HIEN_TRANSIT_TOKEN_FILE, 's.unknown', { mode: 0o600 });
    await refusedWith(/từ chối/, /refuses: the token is over/, settings);
    store.mood = 'sealed';
    await refusedWith(/bị niêm phong/, /is sealed/, settings);
    await store.close();
    await refusedWith(/không trả lời/, /does not answer/, settings);
  });
});

describe('npm start refuses settings of a key store', () => {
  const START = { HIEN_CUSTODIAN: 'transit', PORT: '0' };
  const FILES = { HIEN_TRANSIT_ROLE_ID: 'r', HIEN_TRANSIT_SECRET_ID_FILE: '/s' };

  it.each([
    ['no address', FILES, 'HIEN_TRANSIT_URL'],
    ['an address in the clear', { ...FILES, HIEN_TRANSIT_URL: 'http://vault.example:8200' }, 'https'],
    ['nothing to be known by', { HIEN_TRANSIT_URL: 'https://vault.example:8200' }, 'HIEN_TRANSIT_TOKEN_FILE'],
    [
      'two ways to be known',
      { ...FILES, HIEN_TRANSIT_URL: 'https://vault.example:8200', HIEN_TRANSIT_TOKEN_FILE: '/t' },
      'HIEN_TRANSIT_TOKEN_FILE',
    ],
  ] as const)('%s', async (_what, settings, word) => {
    const ran = await run('main', { env: { ...START, ...settings } });
    expect(ran.code).toBe(1);
    expect(ran.err).toContain('Cấu hình sai / Wrong settings');
    expect(ran.err).toContain(word);
  });
});
