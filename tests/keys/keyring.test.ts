import { chmod, link, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { KeyringErrorCode } from '../../server/keys/keyring-error.ts';
import { createKeyring, openKeyring } from '../../server/keys/keyring.ts';
import { decodeRingSecrets, encodeRingSecrets, generateRingSecrets } from '../../server/keys/ring-secrets.ts';
import { secret } from '../../server/kernel/secret.ts';

const passphrase = secret('bốn con đường nhỏ');
let folder = '';
let file = '';
let text = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hien-keyring-'));
  file = join(folder, 'keyring.json');
  await createKeyring({ file, passphrase });
  text = await readFile(file, 'utf8');
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

function refused(code: KeyringErrorCode): unknown {
  return expect.objectContaining({ name: 'KeyringError', code });
}

async function written(name: string, content: string, mode = 0o600): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  await chmod(path, mode);
  return path;
}

describe('a keyring', () => {
  it('gives the same keys each time it is opened', async () => {
    const first = await openKeyring({ file, passphrase });
    const agency = await first.createPrincipal({ principalId: 'agency-1', kind: 'agency', version: 1 });
    const again = await openKeyring({ file, passphrase });
    expect(again.vouchesFor(agency)).toBe(true);
    expect((await again.listKey(agency)).equals(await first.listKey(agency))).toBe(true);
    expect(again.tokenSigningKey().keyId).toBe(first.tokenSigningKey().keyId);
    expect(again.derivedKey('a').equals(first.derivedKey('a'))).toBe(true);
    first.close();
    again.close();
  });

  it('opens by the same passphrase composed in another way', async () => {
    const typed = secret('bốn con đường nhỏ'.normalize('NFD'));
    await expect(openKeyring({ file, passphrase: typed })).resolves.toBeDefined();
  });

  it('is for its owner alone and leaves nothing beside it', async () => {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await readdir(folder)).filter((name) => name.startsWith('keyring.json'))).toEqual(['keyring.json']);
  });

  it('is never overwritten', async () => {
    await expect(createKeyring({ file, passphrase })).rejects.toThrow(refused('KEYRING_EXISTS'));
    expect(await readFile(file, 'utf8')).toBe(text);
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('wants a passphrase of twelve characters', async () => {
    const path = join(folder, 'weak.json');
    await expect(createKeyring({ file: path, passphrase: secret('short') })).rejects.toThrow(
      refused('KEYRING_PASSPHRASE_SHORT'),
    );
    await expect(stat(path)).rejects.toThrow();
  });

  it('cannot be made in a folder that does not exist', async () => {
    await expect(createKeyring({ file: join(folder, 'none', 'keyring.json'), passphrase })).rejects.toThrow(/ENOENT/);
  });
});

describe('a keyring does not open', () => {
  it('when it is missing', async () => {
    await expect(openKeyring({ file: join(folder, 'none.json'), passphrase })).rejects.toThrow(
      refused('KEYRING_MISSING'),
    );
  });

  it.each([0o644, 0o640, 0o604, 0o620, 0o602, 0o610, 0o777])('with mode %o', async (mode) => {
    const path = await written(`mode-${mode.toString(8)}.json`, text, mode);
    await expect(openKeyring({ file: path, passphrase })).rejects.toThrow(refused('KEYRING_EXPOSED'));
  });

  it('through a second name with a wide mode', async () => {
    const path = await written('wide.json', text, 0o644);
    await link(path, join(folder, 'second.json'));
    await expect(openKeyring({ file: join(folder, 'second.json'), passphrase })).rejects.toThrow(
      refused('KEYRING_EXPOSED'),
    );
  });

  it('through a symbolic link, which somebody else might turn', async () => {
    const path = join(folder, 'linked.json');
    await symlink(file, path);
    await expect(openKeyring({ file: path, passphrase })).rejects.toThrow(refused('KEYRING_LINK'));
  });

  it('by another passphrase', async () => {
    const wrong = secret('bốn con đường nhỏ.');
    await expect(openKeyring({ file, passphrase: wrong })).rejects.toThrow(refused('KEYRING_NOT_OPENED'));
  });

  it('with salt or content changed', async () => {
    const keyring = JSON.parse(text) as { kdf: { salt: string }; sealed: string };
    const { salt } = keyring.kdf;
    const changes = [
      { ...keyring, kdf: { ...keyring.kdf, salt: flippedBase64(salt, 3) } },
      { ...keyring, kdf: { ...keyring.kdf, iterations: 4 } },
      ...[0, 100, 169].map((at) => ({ ...keyring, sealed: flippedBase64(keyring.sealed, at) })),
      { ...keyring, sealed: Buffer.from(keyring.sealed, 'base64').subarray(0, -1).toString('base64') },
      { ...keyring, sealed: '' },
    ];
    for (const [index, change] of changes.entries()) {
      const path = await written(`changed-${index}.json`, JSON.stringify(change));
      await expect(openKeyring({ file: path, passphrase })).rejects.toThrow(refused('KEYRING_NOT_OPENED'));
    }
  });

  it('in another format', async () => {
    const keyring = JSON.parse(text) as { kdf: object; sealed: string };
    const others = [
      '',
      '{}',
      'null',
      text.slice(0, -20),
      `${text}x`,
      'x'.repeat(70_000),
      JSON.stringify({ ...keyring, format: 'hien-keyring-v2' }),
      JSON.stringify({ ...keyring, more: 1 }),
      JSON.stringify({ ...keyring, sealed: 'not base64' }),
      JSON.stringify({ ...keyring, sealed: spareBitSet(keyring.sealed) }),
      ...[
        { memoryKiB: 1024 },
        { memoryKiB: 2 ** 31 },
        { iterations: 1 },
        { parallelism: 99 },
        { salt: 'AAAA' },
        { name: 'scrypt' },
      ].map((change) => JSON.stringify({ ...keyring, kdf: { ...keyring.kdf, ...change } })),
    ];
    for (const [index, other] of others.entries()) {
      const path = await written(`format-${index}.json`, other);
      await expect(openKeyring({ file: path, passphrase })).rejects.toThrow(refused('KEYRING_FORMAT'));
    }
  });

  it('when it is a folder', async () => {
    await expect(openKeyring({ file: folder, passphrase })).rejects.toThrow(refused('KEYRING_FORMAT'));
  });

  it('without saying why in Vietnamese and in English, and without quoting the file', async () => {
    const path = await written('quoted.json', '{"format":"words of a stranger"}');
    const message = await openKeyring({ file: path, passphrase }).catch((error: unknown) => String(error));
    expect(message).toMatch(/Tệp chùm khóa bị hỏng.* \/ The keyring file is damaged/);
    expect(message).not.toContain('stranger');
  });
});

describe('the secrets inside a keyring', () => {
  const secrets = generateRingSecrets();
  const encoded = encodeRingSecrets(secrets);

  it('read as they were written', () => {
    expect(decodeRingSecrets(encoded)).toEqual(secrets);
  });

  it('are read in their exact form only', () => {
    const [wrap, vouch, token, root] = secrets;
    if (!wrap || !vouch || !token || !root) throw new Error('four secrets');
    const wrong = [
      [],
      [wrap, vouch, token],
      [vouch, wrap, token, root],
      [wrap, wrap, vouch, token, root],
      [{ ...wrap, version: 2 }, wrap, vouch, token, root],
      [{ ...wrap, version: 0 }, vouch, token, root],
    ];
    for (const list of wrong) expect(decodeRingSecrets(encodeRingSecrets(list))).toBeUndefined();
    for (let length = 0; length < encoded.length; length += 1) {
      expect(decodeRingSecrets(encoded.subarray(0, length))).toBeUndefined();
    }
    expect(decodeRingSecrets(Buffer.concat([encoded, Buffer.of(0)]))).toBeUndefined();
    for (const [offset, value] of [
      [0, 2],
      [1, 5],
      [2, 0],
      [2, 5],
    ] as const) {
      const changed = Buffer.from(encoded);
      changed.writeUInt8(value, offset);
      expect(decodeRingSecrets(changed)).toBeUndefined();
    }
  });
});

function flippedBase64(base64: string, at: number): string {
  const bytes = Buffer.from(base64, 'base64');
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  return bytes.toString('base64');
}

/** The same bytes written with another last character: its spare bits mean nothing to a lenient decoder. */
function spareBitSet(base64: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const body = base64.replace(/=+$/, '');
  if (body.length === base64.length) throw new Error('no spare bits');
  const last = alphabet.indexOf(body.slice(-1)) + 1;
  return body.slice(0, -1) + alphabet.charAt(last) + base64.slice(body.length);
}
