import pg from 'pg';
import { appendEvents } from '../../server/audit/index.ts';
import { openPool } from '../../server/db/pool.ts';
import { Work, type Note } from '../../server/db/work.ts';
import { openDirectory } from '../../server/directory/directory.ts';
import { newId } from '../../server/kernel/ids.ts';
import { openKeys } from '../../server/keys/index.ts';
import { progress } from '../../server/progress.ts';
import { bulkClient, type BulkClient } from './bulk-client.ts';
import { caseWorkers, playerOf, recipientFor, type Player } from './cast.ts';
import { makeCase, type Making, type Sample } from './make-case.ts';
import type { Stage } from './stage.ts';

const BATCH = 100;
const MOST_SAMPLES = 4_000;

/**
 * Fills the district: the rows are made by the real registration, the real sealing and the real grants, and written in
 * batches by the owner, each bound to a session as any work is. Returns cases to draw from when measuring.
 */
export async function generate(stage: Stage, cases: number): Promise<Sample[]> {
  const pool = openPool({ url: stage.database.urls.app, max: 2, onError: () => {} });
  const client = new pg.Client({
    connectionString: stage.ownerUrl,
    options: '-c search_path=hien,pg_temp -c session_replication_role=replica',
    pipeline: true,
  } as pg.ClientConfig);
  await client.connect();
  const directory = await openDirectory(pool);
  try {
    const making = { stage, directory, keys: openKeys(stage.custodian, pool) };
    const samples = await inBatches(making, client, cases);
    progress.step('analyze');
    await client.query('vacuum (analyze)');
    await client.query('checkpoint');
    return samples;
  } finally {
    directory.close();
    await client.end();
    await pool.end();
  }
}

async function inBatches(making: Making, client: pg.Client, cases: number): Promise<Sample[]> {
  const workers = await playersOf(making.stage, client, caseWorkers(making.stage));
  const desks = new Map<string, Player>();
  const bulk = bulkClient(client);
  const every = Math.ceil(cases / MOST_SAMPLES);
  const samples: Sample[] = [];
  for (let first = 0; first < cases; first += BATCH) {
    const player = workers[(first / BATCH) % workers.length] as Player;
    const recipient = recipientFor(making.stage, player.actor.agencyId);
    const desk = desks.get(recipient.desk) ?? (await playerOf(making.stage, client, recipient.desk));
    desks.set(recipient.desk, desk);
    const numbers = Array.from({ length: Math.min(BATCH, cases - first) }, (_, index) => first + index);
    const made = await batch({ making, bulk, client, player, desk }, numbers);
    samples.push(...made.filter((sample) => sample.n % every === 0));
    progress.count('hồ sơ / cases', first + numbers.length, cases);
  }
  return samples;
}

async function playersOf(stage: Stage, client: pg.Client, staffIds: readonly string[]): Promise<Player[]> {
  const players: Player[] = [];
  for (const staffId of staffIds) players.push(await playerOf(stage, client, staffId));
  return players;
}

type Batch = { making: Making; bulk: BulkClient; client: pg.Client; player: Player; desk: Player };

async function batch(on: Batch, numbers: readonly number[]): Promise<Sample[]> {
  const { making, bulk, client, player, desk } = on;
  await client.query('begin');
  const work = workOf(bulk, player);
  const answers: Note[] = [];
  const samples: Sample[] = [];
  for (const n of numbers) samples.push(await makeCase(making, work, { n, answers }));
  await bulk.flush();
  await compare(client, player, samples);
  await append(client, { player, work, notes: work.notes });
  if (answers.length > 0) await append(client, { player: desk, work: workOf(bulk, desk), notes: answers });
  await client.query('commit');
  return samples;
}

function workOf(bulk: BulkClient, player: Player): Work {
  const request = {
    bearer: player.bearer,
    purpose: 'case_work',
    deed: { action: 'case.register' },
    requestId: newId(),
    occurredAtMs: Date.now(),
    isDemonstration: false,
  };
  return new Work(bulk.client as pg.PoolClient, player.actor, request);
}

/** Parties with staff, now that their rows are there. */
async function compare(client: pg.Client, { bearer }: Player, samples: readonly Sample[]): Promise<void> {
  await client.query('select hien.bind_session($1, $2)', [bearer, 'case_work']);
  await client.query('select hien.settle_conflicts(id, null) from unnest($1::uuid[]) id', [
    samples.map((sample) => sample.caseId),
  ]);
}

type Appending = { player: Player; work: Work; notes: readonly Note[] };

async function append(client: pg.Client, { player, work, notes }: Appending): Promise<void> {
  await client.query('select hien.bind_session($1, $2)', [player.bearer, 'case_work']);
  await appendEvents(work, client as unknown as pg.PoolClient, notes);
}
