import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

import type { Custodian } from '../../server/keys/custodian.ts';
import { openTransit } from '../../server/keys/transit-custodian.ts';
import { startTransit, type TransitServer } from '../support/transit-server.ts';
import { conforms } from './custodian-conformance.ts';

/*
 * Runs against a loopback stand-in that follows the documentation of OpenBao's transit engine (see
 * `../support/transit-engine.ts`), not against a real Vault or OpenBao: no binary of either can be had where these tests
 * run. The stand-in enforces the policy that we ship, `deploy/transit-policy.hcl`.
 */

const folder = await mkdtemp(join(tmpdir(), 'hien-transit-'));
const servers: TransitServer[] = [];
let nowMs = 0;

async function aServer(): Promise<TransitServer> {
  const server = await startTransit();
  servers.push(server);
  return server;
}

async function aFile(name: string, content: string, mode = 0o600): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content, { mode });
  return file;
}

async function openWith(server: TransitServer, token = server.newToken()): Promise<Custodian> {
  const tokenFile = await aFile(`${token}.token`, `${token}\n`);
  const place = { url: server.url, namespace: server.namespace, mount: 'transit', keyPrefix: 'hien' };
  return openTransit({ ...place, login: { tokenFile } }, () => nowMs);
}

function refused(fault: string): unknown {
  return expect.objectContaining({ name: 'TransitError', code: 'KEYS_UNAVAILABLE', fault });
}

afterAll(async () => {
  custodian.close();
  await Promise.all(servers.map((server) => server.close()));
  await rm(folder, { recursive: true });
});

const server = await aServer();
const custodian = await openWith(server);
await conforms({
  name: 'transit',
  custodian,
  again: () => openWith(server),
  elsewhere: async () => openWith(await aServer()),
  rotated: () => {
    server.engine.rotate('hien-wrap');
    server.engine.rotate('hien-vouch');
    server.engine.rotate('hien-root');
    return openWith(server);
  },
  passMinute: () => void (nowMs += 60_001),
});

describe('transit: the start stops with one sentence in Vietnamese and English', () => {
  it.each([
    ['sealed', 'TRANSIT_SEALED', /niêm phong.*\/.*sealed/],
    ['standby', 'TRANSIT_BUSY', /dự phòng.*\/.*standby/],
    ['drops', 'TRANSIT_UNREACHABLE', /không trả lời.*\/.*does not answer/],
    ['redirects', 'TRANSIT_BUSY', /dự phòng.*\/.*standby/],
    ['babbles', 'TRANSIT_ANSWER', /tài liệu.*\/.*documents/],
  ] as const)('when the store is %s', async (mood, fault, words) => {
    const other = await aServer();
    other.mood = mood;
    await expect(openWith(other)).rejects.toThrow(refused(fault));
    await expect(openWith(other)).rejects.toThrow(words);
  });

  it('when the token is refused, and does not tell the token', async () => {
    const error: unknown = await openWith(await aServer(), 's.unknown').catch((cause: unknown) => cause);
    expect(error).toEqual(refused('TRANSIT_DENIED'));
    expect(`${String(error)}${JSON.stringify(error)}`).not.toContain('s.unknown');
  });

  it.each(['hien-wrap', 'hien-vouch', 'hien-root'])('when %s is missing, and makes none', async (name) => {
    const other = await aServer();
    other.engine.remove(name);
    await expect(openWith(other, other.newToken({ isRoot: true }))).rejects.toThrow(refused('TRANSIT_KEY_MISSING'));
    expect(other.engine.has(name)).toBe(false);
  });

  it('when a key is of another kind', async () => {
    for (const [name, type] of [
      ['hien-wrap', 'chacha20-poly1305'],
      ['hien-vouch', 'aes256-gcm96'],
    ] as const) {
      const other = await aServer();
      other.engine.create(name, type);
      await expect(openWith(other)).rejects.toThrow(refused('TRANSIT_KEY_KIND'));
    }
  });

  it('when the store ignores associated_data, for then keys could be swapped', async () => {
    const other = await aServer();
    other.engine.forgetAssociatedData();
    await expect(openWith(other)).rejects.toThrow(refused('TRANSIT_NO_BINDING'));
  });

  it('when the namespace is another', async () => {
    const other = await aServer();
    const settings = { ...other, namespace: 'elsewhere' };
    await expect(openWith(settings)).rejects.toThrow(refused('TRANSIT_KEY_MISSING'));
    other.namespace = 'ns1/';
    (await openWith(other)).close();
  });

  it('when the token file is missing, empty or for everybody', async () => {
    const place = { url: server.url, namespace: undefined, mount: 'transit', keyPrefix: 'hien' };
    const open = (tokenFile: string): Promise<Custodian> =>
      openTransit({ ...place, login: { tokenFile } }, () => nowMs);
    await expect(open(join(folder, 'none'))).rejects.toThrow(refused('TRANSIT_SECRET_MISSING'));
    await expect(open(await aFile('empty', '\n'))).rejects.toThrow(refused('TRANSIT_SECRET_MISSING'));
    await expect(open(await aFile('wide', server.newToken(), 0o644))).rejects.toThrow(
      refused('TRANSIT_SECRET_EXPOSED'),
    );
  });
});
