import { expect, inject, it, vi } from 'vitest';
import { keeperPorts } from '../../../server/commands/keeper.ts';
import { keyringCustodian, type KeyringCustodian } from '../../../server/keys/keyring-custodian.ts';
import { renewRing, type RingReport } from '../../../server/keys/renew-ring.ts';
import { decodeRingSecrets, newestVersion, type RingSecret } from '../../../server/keys/ring-secrets.ts';
import { aCaseWorker, operator } from '../../support/actors.ts';
import { startApp } from '../../support/app.ts';
import { eventsOf } from '../../support/log-book.ts';
import { openCase, registerCase } from '../../support/seed.ts';

// Each waits until running servers must have noticed.
vi.setConfig({ testTimeout: 120_000 });
let nowMs = 0;
/** The keyring's file, and the running server that follows it. */
let file: readonly RingSecret[] = decodeRingSecrets(Buffer.from(inject('house').ringSecrets, 'base64')) ?? [];
let running: KeyringCustodian = keyringCustodian(file, () => nowMs);
const first = file;
const app = await startApp({ custodian: () => (running = keyringCustodian(file, () => nowMs)) });
const worker = await aCaseWorker(app);

type Changes = { isCutOff?: boolean; noticeMs?: number };
async function renew({ isCutOff = false, ...more }: Changes = {}): Promise<RingReport> {
  const { close, ...ports } = keeperPorts(app.database.urls.keeper);
  const write = async (secrets: readonly RingSecret[]): Promise<void> => {
    file = secrets;
    running.replace(secrets);
  };
  const onProgress = (done: number): void => {
    if (isCutOff && done === 5) throw new Error('killed');
  };
  try {
    return await renewRing({ ports, ring: { read: async () => file, write }, onStep: () => {}, onProgress, ...more });
  } finally {
    await close();
  }
}

const versions = () =>
  app.database.ask<{ vouch: number; wrap: number; rows: number }>(
    `select get_byte(vouch, 1) as vouch, get_byte(wrapped_private_key, 2) as wrap, count(*)::int as rows from hien.principal_key group by 1, 2 order by 1`,
  );
const versionsIn = (purpose: RingSecret['purpose']): number[] =>
  file.filter((one) => one.purpose === purpose).map(({ version }) => version);

it('cut off half-way everything works with both, and the next call finishes it; root stays', async () => {
  const before = await registerCase(app, worker);
  const token = await bearerOf();
  await expect(renew({ isCutOff: true })).rejects.toThrow('killed');
  expect(versionsIn('wrap')).toEqual([1, 2]);
  expect((await versions()).map(({ vouch }) => vouch)).toEqual([1, 2]);
  const between = await registerCase(app, worker);
  const events = await eventsOf(app, async () => {
    const report = await renew();
    expect(report).toMatchObject({ isResumed: true, broken: [] });
    expect(report.rewrapped).toBeGreaterThan(5);
  });
  expect(events.filter(({ action }) => action === 'keys.renew_ring')).toMatchObject([
    { reason: 'FINISHED', actor: 'system:keys-renew-ring', outcome: 'done' },
  ]);
  expect((await versions()).map(({ vouch, wrap }) => [vouch, wrap])).toEqual([[2, 2]]);
  expect([versionsIn('wrap'), versionsIn('vouch'), versionsIn('token'), versionsIn('root')]).toEqual([
    [2],
    [2],
    [1, 2],
    [1],
  ]);
  for (const { id } of [before, between]) expect((await openCase(worker, id)).survivor.fullName).toBeDefined();
  expect((await openWith(token)).status).toBe(200);
});

it('a token from before is believed for as long as it may live, and not a moment longer', async () => {
  const old = keyringCustodian(first, () => nowMs).tokenSigningKey().keyId;
  expect(running.tokenKeys().map(({ keyId }) => keyId)).toContain(old);
  expect(running.tokenSigningKey().keyId).not.toBe(old);
  nowMs += 311_000;
  expect(running.tokenKeys().map(({ keyId }) => keyId)).toEqual([running.tokenSigningKey().keyId]);
});

it('the secrets from before open nothing any more: neither what was wrapped again, nor do they vouch', async () => {
  const stale = keyringCustodian(first, () => nowMs);
  const rows = await app.database.ask<Parameters<typeof stale.rewrap>[0]>(
    `select principal_id as "principalId", kind, version, public_key as "publicKey", vouch, wrapped_private_key as "wrappedPrivateKey",
       wrapped_list_key as "wrappedListKey" from hien.principal_key`,
  );
  expect(rows.some(({ kind }) => kind === 'guardian')).toBe(true);
  for (const row of rows) {
    expect(stale.vouchesFor(row)).toBe(false);
    await expect(stale.listKey(row)).rejects.toThrow('SEAL_BROKEN');
    await expect(stale.rewrap(row)).rejects.toThrow('SEAL_BROKEN');
  }
});

it('keys that do not open keep the old secrets, and are named', async () => {
  const [row] = await app.database.ask<{ id: string; wrapped: Buffer }>(
    `select principal_id as id, wrapped_list_key as wrapped from hien.principal_key where kind = 'agency' order by 1 limit 1`,
  );
  const set = (wrapped: Buffer | undefined): Promise<unknown> =>
    app.database.ask('update hien.principal_key set wrapped_list_key = $2 where principal_id = $1', [row?.id, wrapped]);
  const damaged = Buffer.from(row?.wrapped ?? []);
  damaged.writeUInt8(damaged.readUInt8(40) ^ 1, 40);
  await set(damaged);
  // Nobody asks the running server for anything meanwhile.
  const report = await renew({ noticeMs: 1 });
  expect(report.broken).toEqual([`${row?.id} 1`]);
  expect(versionsIn('wrap')).toEqual([2, 3]);
  await set(row?.wrapped);
  expect(await renew({ noticeMs: 1 })).toMatchObject({ isResumed: true, rewrapped: 1, broken: [] });
  expect(versionsIn('wrap')).toEqual([3]);
  expect(newestVersion(file, 'root')).toBe(1);
});

it('the running server goes on with no other keyring', () => {
  const other = first.map((one) => (one.purpose === 'root' ? { ...one, secret: Buffer.alloc(32, 1) } : one));
  expect(() => running.replace(other)).toThrow(expect.objectContaining({ code: 'KEYRING_OTHER' }));
});

async function bearerOf(): Promise<string> {
  const who = await operator(app);
  const reply = await who.post<{ accessToken: string }>('/api/token');
  return reply.body.accessToken;
}

async function openWith(token: string): Promise<{ status: number }> {
  return fetch(`${app.url}/api/me`, { headers: { authorization: `Bearer ${token}` } });
}
