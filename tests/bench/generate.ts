import pg from 'pg';
import { appendEvents } from '../../server/audit/index.ts';
import { sendEvents } from '../../server/db/event-statements.ts';
import { openPool } from '../../server/db/pool.ts';
import { Work, type Note } from '../../server/db/work.ts';
import { openDirectory } from '../../server/directory/directory.ts';
import { periodFor } from '../../server/cases/write-statistics.ts';
import { newId } from '../../server/kernel/ids.ts';
import { openKeys } from '../../server/keys/index.ts';
import { progress } from '../../server/progress.ts';
import { bulkClient, insertAll, type BulkClient, type TableRows } from './bulk-client.ts';
import { caseWorkers, playerOf, recipientFor, type Player } from './cast.ts';
import { makeCase, type Making, type Sample } from './make-case.ts';
import { dayFromToday } from './people.ts';
import type { Stage } from './stage.ts';

const BATCH = 400;
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
  // Whoever interrupts the bench stops the database under it.
  client.on('error', () => {});
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
  await addPeriod(making, client, workers[0] as Player);
  const bulk = bulkClient(client);
  const every = Math.ceil(cases / MOST_SAMPLES);
  const samples: Sample[] = [];
  let writing = Promise.resolve();
  for (let first = 0; first < cases; first += BATCH) {
    const player = workers[(first / BATCH) % workers.length] as Player;
    const recipient = recipientFor(making.stage, player.actor.agencyId);
    const desk = desks.get(recipient.desk) ?? (await playerOf(making.stage, client, recipient.desk));
    desks.set(recipient.desk, desk);
    const numbers = Array.from({ length: Math.min(BATCH, cases - first) }, (_, index) => first + index);
    // The next batch is made while the database writes the one before.
    const made = await makeBatch({ making, bulk, player, desk }, numbers);
    await writing;
    if (isPowerOfTwo(first / BATCH)) await client.query('analyze');
    writing = writeBatch(client, made);
    writing.catch(() => {});
    samples.push(...made.samples.filter((sample) => sample.n % every === 0));
    progress.count('hồ sơ / cases', first + numbers.length, cases);
  }
  await writing;
  return samples;
}

/** The holder of the period's statistics: made once, by somebody bound; the batches are made before they are bound. */
async function addPeriod({ directory, keys }: Making, client: pg.Client, player: Player): Promise<void> {
  const period = periodFor(directory, dayFromToday(-1));
  if (period === undefined) return;
  await client.query('begin');
  await client.query('select hien.bind_session($1, $2)', [player.bearer, 'case_work']);
  await keys.principals.ofPeriod(workOf(client, player), period);
  await client.query('commit');
}

async function playersOf(stage: Stage, client: pg.Client, staffIds: readonly string[]): Promise<Player[]> {
  const players: Player[] = [];
  for (const staffId of staffIds) players.push(await playerOf(stage, client, staffId));
  return players;
}

/** The plans of functions are made once; those made for empty tables would read the grown ones from end to end. */
function isPowerOfTwo(nth: number): boolean {
  return nth > 0 && Number.isInteger(Math.log2(nth));
}

type Batch = { making: Making; bulk: BulkClient; player: Player; desk: Player };
type MadeBatch = {
  player: Player;
  samples: Sample[];
  rows: Map<string, TableRows>;
  deeds: Deed[];
};

const BREATH = 20;

async function makeBatch({ making, bulk, player, desk }: Batch, numbers: readonly number[]): Promise<MadeBatch> {
  const work = workOf(bulk.client, player);
  const answers: Note[] = [];
  const samples: Sample[] = [];
  for (const n of numbers) {
    samples.push(await makeCase(making, work, { n, answers }));
    if (n % BREATH === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const own = { player, work, notes: work.notes };
  const deeds = answers.length === 0 ? [own] : [own, { player: desk, work: workOf(bulk.client, desk), notes: answers }];
  return { player, samples, rows: bulk.take(), deeds };
}

async function writeBatch(client: pg.Client, { player, samples, rows, deeds }: MadeBatch): Promise<void> {
  await client.query('begin');
  await insertAll(client, rows);
  await compare(client, player, samples);
  for (const deed of deeds) await append(client, deed);
  await client.query('commit');
}

function workOf(client: pg.ClientBase, player: Player): Work {
  const request = {
    bearer: player.bearer,
    purpose: 'case_work',
    deed: { action: 'case.register' },
    requestId: newId(),
    occurredAtMs: Date.now(),
    isDemonstration: false,
  };
  return new Work(client as pg.PoolClient, player.actor, request);
}

/** Parties with staff, now that their rows are there. */
async function compare(client: pg.Client, { bearer }: Player, samples: readonly Sample[]): Promise<void> {
  await client.query('select hien.bind_session($1, $2)', [bearer, 'case_work']);
  await client.query('select hien.settle_conflicts(id, null) from unnest($1::uuid[]) id', [
    samples.map((sample) => sample.caseId),
  ]);
}

type Deed = { player: Player; work: Work; notes: readonly Note[] };

async function append(client: pg.Client, { player, work, notes }: Deed): Promise<void> {
  await client.query('select hien.bind_session($1, $2)', [player.bearer, 'case_work']);
  await sendEvents(client, appendEvents(work, notes));
}
