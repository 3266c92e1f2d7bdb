import { expect, it } from 'vitest';
import { parseProof, verifyProof } from '../../server/audit/tlog/proof.ts';
import { parseNote } from '../../server/audit/tlog/note.ts';
import { openCheckpoint } from '../../server/audit/tlog/checkpoint.ts';
import { leafHash, rootOfHashes, type TreeHead } from '../../server/audit/tlog/merkle.ts';
import { hashesOfTile, rootFromTiles, tilePath, tilesFor } from '../../server/audit/tlog/tiles.ts';
import { ed25519Verifier } from '../../server/audit/tlog/note.ts';
import { parseVkey } from '../../server/audit/tlog/vkey.ts';
import type { Seal } from '../../server/audit/audit.contract.ts';
import {
  accountOf,
  aCaseWorker,
  auditor,
  coordinator,
  operator,
  policeDesk,
  signIn,
  stranger,
  supervisor,
  type Person,
} from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { aClient } from '../support/http.ts';
import { eventsOf } from '../support/log-book.ts';
import { done, registerCase } from '../support/seed.ts';
import { isAllSealed, until, writeEvents } from './sequencer/stage.ts';

const app = await startApp({ sequences: true });
const worker = await aCaseWorker(app);
const reviewer = await auditor(app);
// An auditor of one ward only: the district has none by itself.
await app.database.ask(`insert into hien.staff_role values ($1, 'auditor')`, [accountOf('chau.ubnd.sontra').staffId]);
const wardReviewer = await signIn(app, 'chau.ubnd.sontra');
await registerCase(app, worker);
await registerCase(app, await stranger(app));
await writeEvents(app.database, 700);
const sealed = (): Promise<void> => until(() => isAllSealed(app.database));
await sealed();

async function sealOf(who: Person): Promise<Seal> {
  return done<Seal>(await who.get<Seal>('/api/audit/seal'));
}

function logOf({ origin, vkey }: Seal) {
  return { origin: origin ?? '', verifiers: [ed25519Verifier(parseVkey(vkey ?? ''))] };
}

async function eventOf(action: string, agency: string): Promise<string> {
  const [row] = await app.database.ask<{ id: string }>(
    'select id from hien.audit_event where action = $1 and agency_id = $2 limit 1',
    [action, agency],
  );
  return row?.id ?? '';
}

it('a program rebuilds the root from the tiles, and it is the one that the log has signed', async () => {
  const reply = await reviewer.get('/api/audit/checkpoint');
  expect(reply.headers['content-type']).toBe('text/plain; charset=utf-8');
  const head: TreeHead = openCheckpoint(parseNote(Buffer.from(reply.text)), logOf(await sealOf(reviewer)));
  expect(head.size).toBeGreaterThan(700);
  const tiles = new Map<string, Buffer>();
  for (const tile of tilesFor(0, head.size)) {
    const part = await bytesOf(`/api/audit/${tilePath(tile)}`);
    expect(part.length).toBe(tile.width * 32);
    tiles.set(`${tile.level}/${tile.index}`, part);
  }
  const root = await rootFromTiles(head.size, ({ level, index }) => tiles.get(`${level}/${index}`) ?? Buffer.alloc(0));
  expect(root).toEqual(head.root);
  const leaves = [...tiles]
    .filter(([place]) => place.startsWith('0/'))
    .flatMap(([, bytes]) => hashesOfTile(bytes, bytes.length / 32));
  expect(rootOfHashes(leaves.slice(0, head.size))).toEqual(head.root);
});

async function bytesOf(path: string): Promise<Buffer> {
  const response = await fetch(`${app.url}${path}`, { headers: { cookie: reviewer.cookie() } });
  expect(response.status, path).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/octet-stream');
  expect(response.headers.get('cache-control')).toContain('no-store');
  return Buffer.from(await response.arrayBuffer());
}

it('the proof of an event can be checked by anybody who knows the log’s key, and holds the event itself', async () => {
  const id = await eventOf('case.register', worker.agencyId);
  const reply = await reviewer.get(`/api/audit/events/${id}/proof`);
  expect(reply.status).toBe(200);
  expect(reply.headers['content-disposition']).toMatch(/^attachment; filename=proof-\d+\.tlog-proof$/);
  const proof = parseProof(Buffer.from(reply.text));
  const event = proof.extra ?? Buffer.alloc(0);
  expect(JSON.parse(event.toString('utf8'))).toMatchObject({ id, action: 'case.register' });
  const log = logOf(await sealOf(reviewer));
  expect(verifyProof(proof, leafHash(event), log).checkpoint.size).toBeGreaterThan(proof.index);
  event[20] = (event[20] ?? 0) ^ 1;
  expect(() => verifyProof(proof, leafHash(event), log)).toThrow();
});

it('proofs are given within the auditor’s area only; elsewhere an event is one that does not exist', async () => {
  const home = await eventOf('case.register', worker.agencyId);
  const away = await eventOf('case.register', (await stranger(app)).agencyId);
  expect((await wardReviewer.get(`/api/audit/events/${home}/proof`)).status).toBe(200);
  const refused = await wardReviewer.get(`/api/audit/events/${away}/proof`);
  const unknown = await wardReviewer.get('/api/audit/events/0197c1c8-0280-7a00-8a00-0000000000ff/proof');
  expect([refused.problem.code, unknown.problem.code]).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  expect((await reviewer.get(`/api/audit/events/${away}/proof`)).status).toBe(200);
  const [row] = await app.database.ask<{ id: string }>(
    'select id from hien.audit_event where agency_id is null limit 1',
  );
  expect((await reviewer.get(`/api/audit/events/${row?.id}/proof`)).problem.code).toBe('NOT_FOUND');
});

it('what is not in the tree yet says so, in both languages, and only to those who may know of it', async () => {
  const client = await blocker();
  try {
    const fresh = await registerCase(app, worker);
    const [row] = await app.database.ask<{ id: string }>(
      `select event_id as id from hien.audit_event_case where case_id = $1`,
      [fresh.id],
    );
    const reply = await reviewer.get(`/api/audit/events/${row?.id}/proof`);
    expect(reply.status).toBe(409);
    expect(reply.problem).toMatchObject({ code: 'NOT_SEALED_YET' });
    expect(reply.problem.titles.vi).toContain('niêm phong');
    expect((await wardReviewer.get(`/api/audit/events/${row?.id}/proof`)).problem.code).toBe('NOT_SEALED_YET');
    await client.release();
    await until(async () => (await reviewer.get(`/api/audit/events/${row?.id}/proof`)).status === 200);
  } finally {
    await client.release();
  }
});

/** A transaction that has begun to write and does not end: nothing after it can be sealed. */
async function blocker(): Promise<{ release(): Promise<unknown> }> {
  const client = await app.context.pools.app.connect();
  await client.query('begin');
  await client.query('select pg_current_xact_id()');
  let isDone = false;
  return {
    async release() {
      if (isDone) return;
      isDone = true;
      await client.query('rollback');
      client.release();
    },
  };
}

it('entries are served to nobody, and no other spelling of a tile is a tile', async () => {
  for (const path of [
    'tile/entries/000',
    'tile/entries/000.p/7',
    'tile/0/0',
    'tile/0/x000/000',
    'tile/0/000.p/256',
    'tile/0/000.p/0',
    'tile/00/000',
    'tile/5/000',
    'tile/0/999',
    'tile/0/..%2f000',
  ])
    expect((await reviewer.get(`/api/audit/${path}`)).status, path).toBe(404);
  expect((await reviewer.get('/api/audit/tile/0/000.p/7')).status).toBe(200);
});

it('only auditors read the log, each for a review, and each look is an event', async () => {
  const id = await eventOf('case.register', worker.agencyId);
  const paths = ['checkpoint', 'tile/0/000', `events/${id}/proof`, 'seal'].map((path) => `/api/audit/${path}`);
  const others = [worker, await supervisor(app), await policeDesk(app), await coordinator(app), await operator(app)];
  for (const path of paths) {
    expect((await aClient(app.url).get(path)).status, path).toBe(401);
    for (const who of others.filter((each) => each.username !== wardReviewer.username))
      expect((await who.get(path)).problem.code, `${who.username} ${path}`).toBe('NOT_ALLOWED');
    expect((await reviewer.get(path, { 'access-purpose': 'administration' })).status).toBe(403);
  }
  const events = await eventsOf(app, async () => {
    for (const path of paths) await reviewer.get(path);
  });
  const own = events.filter((event) => event.actor === reviewer.staffId);
  expect(own.map((event) => event.action)).toEqual(['audit.checkpoint', 'audit.tile', 'audit.proof', 'audit.seal']);
  expect(own[2]).toMatchObject({ objectKind: 'event', objectId: id });
});

it('the seal tells of 31 days how many events there were, how many are sealed, and which are broken', async () => {
  await sealed();
  const seal = await sealOf(reviewer);
  expect(seal.days).toHaveLength(31);
  const today = seal.days.at(-1);
  expect(today?.day).toBe(app.clock.day());
  expect(today?.broken).toBe(0);
  expect(today?.events).toBeGreaterThan(700);
  expect(seal.checkpoint?.size).toBeLessThanOrEqual(today?.events ?? 0);
  expect(seal.quorum).toEqual({ needed: 0, met: false, size: null, cosignedAt: null });
  expect(seal.mergeDelayMs).toBeLessThan(10_000);
  // A superuser changes one event, takes away another, and changes one leaf.
  const at = (index: number): string => `(select event_id from hien.audit_leaf where leaf_index = ${index})`;
  await app.database.ask('set session_replication_role = replica');
  await app.database.ask(`update hien.audit_event set event = convert_to('{}', 'UTF8') where id = ${at(3)}`);
  await app.database.ask(`delete from hien.audit_event where id = ${at(5)}`);
  await app.database.ask('update hien.audit_leaf set leaf_hash = sha256(leaf_hash) where leaf_index = 7');
  await app.database.ask('set session_replication_role = origin');
  expect((await sealOf(reviewer)).days.at(-1)?.broken).toBe(3);
});
