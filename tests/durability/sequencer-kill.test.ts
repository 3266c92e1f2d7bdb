import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseCheckpoint } from '../../server/audit/tlog/checkpoint.ts';
import { consistencyProof, leafHash, rootOfHashes, type TreeHead } from '../../server/audit/tlog/merkle.ts';
import { parseNote } from '../../server/audit/tlog/note.ts';
import { verifyConsistency } from '../../server/audit/tlog/verify-merkle.ts';
import { subtreesOf } from '../audit/sequencer/audited-tree.ts';
import { until } from '../audit/sequencer/stage.ts';
import { aViolenceCase } from '../support/bodies.ts';
import { testClock } from '../support/clock.ts';
import type { Client } from '../support/http.ts';
import { aKey } from '../support/seed.ts';
import {
  anInstallation,
  ownerUrlOf,
  signedIn,
  startServer,
  stopServer,
  type Installation,
  type RealServer,
} from './real-server.ts';

const WRITERS = 16;
const SCALE = Number(process.env['HIEN_TEST_SCALE'] ?? '1');
const ROUNDS = Math.max(2, Math.round(SCALE * 2));
const ROUND_MS = SCALE > 1 ? 10_000 : 3_000;
const clock = testClock();
/** Ids of cases whose registration was acknowledged. */
const acknowledged = new Set<string>();
/** What the kept checkpoint said right after each kill: somebody may have seen it. */
const kept: TreeHead[] = [];
let installation: Installation;

beforeAll(async () => {
  installation = await anInstallation();
});
afterAll(() => installation.remove());

async function writeUntilBroken(worker: Client): Promise<void> {
  for (;;) {
    const reply = await worker.post<{ id: string }>('/api/cases', aViolenceCase(clock), aKey()).catch(() => null);
    if (reply === null || reply.status >= 500) return;
    expect(reply.status, reply.text).toBe(201);
    acknowledged.add(reply.body.id);
  }
}

/** Sixteen write at once until the server, and with it the sequencer, is killed at some moment. */
async function round(): Promise<void> {
  const server = await startServer(installation, { HIEN_AUDIT_INTERVAL_MS: '50' });
  const worker = await signedIn(server, installation, 'lan.vhxh.sontra');
  const before = acknowledged.size;
  const writers = Array.from({ length: WRITERS }, () => writeUntilBroken(worker));
  await until(async () => acknowledged.size > before);
  await sleep(ROUND_MS * (0.5 + Math.random() / 2));
  server.process.kill('SIGKILL');
  await Promise.all(writers);
  await server.ended;
  kept.push(headOf(await readFile(join(installation.data, 'audit', 'checkpoint'), 'utf8')));
}

function headOf(note: string): TreeHead {
  return parseCheckpoint(parseNote(Buffer.from(note)).text);
}

type Found = {
  events: { id: string; case: string | null; event: Buffer }[];
  leaves: { id: string; hash: Buffer }[];
  heads: TreeHead[];
};

/** What the database holds once everything is sealed and the server has ended in order. */
async function found(server: RealServer): Promise<Found> {
  const client = new pg.Client({ connectionString: await ownerUrlOf(installation) });
  await client.connect();
  try {
    await until(async () => {
      const { rows } = await client.query<{ n: string }>(
        'select count(*) as n from hien.audit_event e where not exists (select 1 from hien.audit_leaf l where l.event_id = e.id)',
      );
      return Number(rows[0]?.n) === 0;
    });
    await client.query('begin isolation level repeatable read');
    const events = await client.query<Found['events'][number]>(
      `select id, event, case when action = 'case.register' and outcome = 'done' then object_id end as "case" from hien.audit_event
        where exists (select 1 from hien.audit_leaf l where l.event_id = id)`,
    );
    const leaves = await client.query<Found['leaves'][number]>(
      'select event_id as id, leaf_hash as hash from hien.audit_leaf order by leaf_index',
    );
    const heads = await client.query<{ note: string }>('select note from hien.audit_checkpoint order by size');
    return { events: events.rows, leaves: leaves.rows, heads: heads.rows.map((row) => headOf(row.note)) };
  } finally {
    await client.end();
    await stopServer(server);
  }
}

it(
  'killing the server at any moment loses no acknowledged event, seals none twice, and never forks the log',
  { timeout: 120_000 + ROUNDS * ROUND_MS * 3 },
  async () => {
    for (let at = 0; at < ROUNDS; at += 1) await round();
    const { events, leaves, heads } = await found(await startServer(installation));
    const registered = new Set(events.map((each) => each.case));
    const lost = [...acknowledged].filter((id) => !registered.has(id));
    const twice = leaves.length - new Set(leaves.map((leaf) => leaf.id)).size;
    expect(leaves.length).toBe(events.length);
    const bytes = new Map(events.map((each) => [each.id, each.event]));
    const hashes = leaves.map((leaf) => leafHash(bytes.get(leaf.id) ?? Buffer.alloc(0)));
    expect(hashes.every((hash, at) => hash.equals(leaves[at]?.hash ?? Buffer.alloc(0)))).toBe(true);
    const subtrees = subtreesOf(hashes);
    let before: TreeHead | undefined;
    for (const head of heads) {
      if (before !== undefined) {
        const sizes = { oldSize: before.size, size: head.size };
        verifyConsistency(before, await consistencyProof(sizes, subtrees), head);
      }
      before = head;
    }
    expect(heads.at(-1)?.root).toEqual(rootOfHashes(hashes.slice(0, heads.at(-1)?.size)));
    // Whatever had been written to the file before a kill is the beginning of the log as it is now.
    for (const head of kept) expect(rootOfHashes(hashes.slice(0, head.size))).toEqual(head.root);
    process.stdout.write(
      `sequencer killed ${ROUNDS} times under ${WRITERS} writers: ${acknowledged.size} acknowledged, ${lost.length} lost, ${twice} twice, ` +
        `${leaves.length} leaves, ${heads.length} checkpoints, each consistent with the one before\n`,
    );
    expect([lost, twice]).toEqual([[], 0]);
    expect(acknowledged.size).toBeGreaterThan(ROUNDS * WRITERS);
  },
);
