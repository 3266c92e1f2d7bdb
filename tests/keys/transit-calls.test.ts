import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { breaker } from '../../server/keys/breaker.ts';
import type { Custodian } from '../../server/keys/custodian.ts';
import { openTransit } from '../../server/keys/transit-custodian.ts';
import type { TransitLogin } from '../../server/keys/transit-token.ts';
import { startTransit } from '../support/transit-server.ts';

/* Against the stand-in of `../support/transit-engine.ts`: how the network, the token and the store's moods are met. */

const folder = await mkdtemp(join(tmpdir(), 'hien-transit-calls-'));
const server = await startTransit();
const tokenFile = join(folder, 'token');
const secretIdFile = join(folder, 'secret-id');
const opened: Custodian[] = [];
let nowMs = 0;

async function open(login: TransitLogin = { tokenFile }): Promise<Custodian> {
  const place = { url: `${server.url}/`, namespace: undefined, mount: 'transit', keyPrefix: 'hien' };
  const custodian = await openTransit({ ...place, login }, () => nowMs);
  opened.push(custodian);
  return custodian;
}

async function newToken(options: { seconds?: number } = {}): Promise<string> {
  const token = server.newToken(options);
  await writeFile(tokenFile, token, { mode: 0o600 });
  return token;
}

function away(fault = 'TRANSIT_UNREACHABLE'): unknown {
  return expect.objectContaining({ code: 'KEYS_UNAVAILABLE', fault, retryAfterSeconds: 5 });
}

beforeEach(async () => {
  server.mood = 'serves';
  nowMs += 120_000;
  await newToken();
  await writeFile(secretIdFile, server.role.secretId, { mode: 0o600 });
});

afterAll(async () => {
  for (const custodian of opened) custodian.close();
  await server.close();
  await rm(folder, { recursive: true });
});

describe('while the store is away', () => {
  it('what needs it is refused, what is local goes on, and all is well once it is back', async () => {
    const custodian = await open();
    const agency = await custodian.createPrincipal({ principalId: 'agency-1', kind: 'agency', version: 1 });
    const label = custodian.derivedKey('idempotency');
    for (const mood of ['sealed', 'drops', 'standby'] as const) {
      server.mood = mood;
      nowMs += 60_001;
      await expect(custodian.listKey(agency)).rejects.toThrow(expect.objectContaining({ code: 'KEYS_UNAVAILABLE' }));
      expect(await custodian.isReady()).toBe(false);
      expect(custodian.vouchesFor(agency)).toBe(true);
      expect(custodian.derivedKey('idempotency').equals(label)).toBe(true);
    }
    server.mood = 'serves';
    nowMs += 1_001;
    expect(await custodian.isReady()).toBe(true);
    expect((await custodian.listKey(agency)).symmetricKeySize).toBe(32);
  });

  it('keys opened before serve on for their minute', async () => {
    const custodian = await open();
    const agency = await custodian.createPrincipal({ principalId: 'agency-1', kind: 'agency', version: 1 });
    await custodian.listKey(agency);
    server.mood = 'drops';
    nowMs += 59_000;
    expect((await custodian.listKey(agency)).symmetricKeySize).toBe(32);
    nowMs += 1_001;
    await expect(custodian.listKey(agency)).rejects.toThrow(away());
  });

  it('each call is tried twice, and during the next second not at all', async () => {
    const custodian = await open();
    const agency = await custodian.createPrincipal({ principalId: 'agency-1', kind: 'agency', version: 1 });
    server.mood = 'drops';
    server.asked.length = 0;
    await expect(custodian.listKey(agency)).rejects.toThrow(away());
    expect(server.asked).toEqual(['POST transit/decrypt/hien-wrap', 'POST transit/decrypt/hien-wrap']);
    await expect(custodian.listKey(agency)).rejects.toThrow(away());
    expect(server.asked).toHaveLength(2);
    nowMs += 1_000;
    await expect(custodian.listKey(agency)).rejects.toThrow(away());
    expect(server.asked).toHaveLength(4);
  });

  it('a store that takes the call and never answers is given up', async () => {
    const custodian = await open();
    server.mood = 'hangs';
    nowMs += 2_000;
    expect(await custodian.isReady()).toBe(false);
  });

  it('a wrapped key that does not open is no reason to think it away', async () => {
    const custodian = await open();
    const agency = await custodian.createPrincipal({ principalId: 'agency-1', kind: 'agency', version: 1 });
    server.asked.length = 0;
    const broken = expect.objectContaining({ code: 'SEAL_BROKEN' });
    await expect(custodian.listKey({ ...agency, version: 2 })).rejects.toThrow(broken);
    expect(server.asked).toHaveLength(1);
    expect((await custodian.listKey(agency)).symmetricKeySize).toBe(32);
  });
});

describe('one caller at a time asks whoever was away', () => {
  const gone = new Error('away');
  const untried = new Error('not tried');
  const guarded = breaker({
    now: () => nowMs,
    pauseMs: 1_000,
    isAway: (error) => error === gone,
    refuse: () => untried,
  });

  it('and the others do not wait for him', async () => {
    await expect(guarded(() => Promise.reject(gone))).rejects.toBe(gone);
    nowMs += 1_000;
    const call = Promise.withResolvers<string>();
    const first = guarded(() => call.promise);
    await expect(guarded(async () => 'second')).rejects.toBe(untried);
    call.resolve('back');
    expect(await first).toBe('back');
    expect(await guarded(async () => 'third')).toBe('third');
  });

  it('and an answer that refuses is an answer', async () => {
    const refusal = new Error('no');
    await expect(guarded(() => Promise.reject(refusal))).rejects.toBe(refusal);
    expect(await guarded(async () => 'next')).toBe('next');
  });
});

describe('a token', () => {
  it('from a file is renewed at half its life', async () => {
    await newToken({ seconds: 2 });
    server.asked.length = 0;
    const custodian = await open();
    expect(server.asked).not.toContain('POST auth/token/renew-self');
    await vi.waitFor(() => expect(server.asked).toContain('POST auth/token/renew-self'), 10_000);
    custodian.close();
  });

  it('that is refused is read anew, and the call goes on', async () => {
    const custodian = await open();
    const agency = await custodian.createPrincipal({ principalId: 'agency-1', kind: 'agency', version: 1 });
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 5_000);
    const old = server.asked.length;
    server.expireAll();
    await newToken();
    expect((await custodian.listKey(agency)).symmetricKeySize).toBe(32);
    expect(server.asked.slice(old)).toEqual([
      'POST transit/decrypt/hien-wrap',
      'GET auth/token/lookup-self',
      'POST transit/decrypt/hien-wrap',
    ]);
    vi.restoreAllMocks();
  });

  it('that is over for good answers that the store refuses', async () => {
    const custodian = await open();
    const agency = await custodian.createPrincipal({ principalId: 'agency-1', kind: 'agency', version: 1 });
    server.expireAll();
    await expect(custodian.listKey(agency)).rejects.toThrow(away('TRANSIT_DENIED'));
  });

  it('is fetched by AppRole, and fetched again when it is over', async () => {
    const role = { roleId: server.role.roleId, secretIdFile, loginMount: 'approle' };
    const custodian = await open(role);
    const agency = await custodian.createPrincipal({ principalId: 'agency-1', kind: 'agency', version: 1 });
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 5_000);
    server.expireAll();
    server.asked.length = 0;
    expect((await custodian.listKey(agency)).symmetricKeySize).toBe(32);
    expect(server.asked.filter((call) => call === 'POST auth/approle/login')).toHaveLength(1);
    vi.restoreAllMocks();
  });

  it('of an unknown role is refused, and a login is never tried twice', async () => {
    server.asked.length = 0;
    await writeFile(secretIdFile, 'wrong', { mode: 0o600 });
    const role = { roleId: server.role.roleId, secretIdFile, loginMount: 'approle' };
    await expect(open(role)).rejects.toThrow(away('TRANSIT_DENIED'));
    expect(server.asked).toEqual(['POST auth/approle/login']);
  });
});

it('a signing key that another process turned is known a moment later', async () => {
  const [one, other] = [await open(), await open()];
  server.engine.rotate('hien-vouch');
  const agency = await other.createPrincipal({ principalId: 'agency-1', kind: 'agency', version: 1 });
  expect(one.vouchesFor(agency)).toBe(false);
  await vi.waitFor(() => expect(one.vouchesFor(agency)).toBe(true), 5_000);
});

it('versions that the store no longer opens stay closed', async () => {
  const custodian = await open();
  const agency = await custodian.createPrincipal({ principalId: 'agency-1', kind: 'agency', version: 1 });
  server.engine.rotate('hien-wrap');
  server.engine.configure('hien-wrap', { minDecryption: 2 });
  await expect(custodian.listKey(agency)).rejects.toThrow(expect.objectContaining({ code: 'SEAL_BROKEN' }));
});
