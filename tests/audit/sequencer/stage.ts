import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { afterAll, inject } from 'vitest';
import type { LogKey } from '../../../server/audit/log-key.ts';
import { keptCheckpoint, type KeptCheckpoint } from '../../../server/audit/sequencer/kept-checkpoint.ts';
import { BEGINNING } from '../../../server/audit/sequencer/events.store.ts';
import { RefusedToSign } from '../../../server/audit/sequencer/refusal.ts';
import { sequenceEvents, type Pass } from '../../../server/audit/sequencer/sequence-events.ts';
import { startSequencer, type Sequencer } from '../../../server/audit/sequencer/sequencer.ts';
import { boundRun, type Run } from '../../../server/db/bound-kysely.ts';
import { openPool } from '../../../server/db/pool.ts';
import { newId } from '../../../server/kernel/ids.ts';
import { AUDIT_LOG_KEY, derivedSigningKey } from '../../../server/keys/derived-signing-key.ts';
import { keyringCustodian } from '../../../server/keys/keyring-custodian.ts';
import { decodeRingSecrets } from '../../../server/keys/ring-secrets.ts';
import type { TestDatabase } from '../../support/database.ts';

/** The key that signs the log in this run, as `startApp` has it. */
export function logKey(): LogKey {
  const secrets = decodeRingSecrets(Buffer.from(inject('house').ringSecrets, 'base64')) ?? [];
  return derivedSigningKey(
    keyringCustodian(secrets, () => 0),
    AUDIT_LOG_KEY,
  );
}

/** A folder for kept checkpoints, gone after the file. */
export async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hien-audit-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function sequencerPool(database: TestDatabase): Pool {
  const pool = openPool({ url: database.urls.sequencer, max: 2, role: 'hien_sequencer', onError: () => {} });
  afterAll(() => pool.end());
  return pool;
}

/** The sequencer's work step by step, on a connection of its own. `forget` is what a new start does to its memory. */
export type Stepping = {
  run: Run;
  /** One pass; answers with how many events it sealed. */
  pass(keeping?: KeptCheckpoint): Promise<number>;
  /** Passes until `count` events are sealed: a transaction of another test on the same server may hold them up for a moment. */
  seal(count: number): Promise<number>;
  /** Why a pass over new events refuses, or how many it sealed instead. */
  refusal(): Promise<string>;
  forget(): void;
  keeping: KeptCheckpoint;
};

export async function stepping(database: TestDatabase, folder: string): Promise<Stepping> {
  const client = await sequencerPool(database).connect();
  afterAll(() => client.release(true));
  const run = boundRun(client, () => true);
  const keeping = keptCheckpoint(folder);
  let pass: Pass = { from: BEGINNING, isFirst: true };
  const one = async (kept: KeptCheckpoint = keeping): Promise<number> => {
    const result = await sequenceEvents({ run, key: logKey(), keeping: kept, wantedOrigin: null }, pass);
    pass = { from: result.next, isFirst: false };
    return result.sequenced;
  };
  return {
    run,
    keeping,
    pass: one,
    async seal(count) {
      let sealed = 0;
      await until(async () => {
        sealed += await one();
        return sealed >= count;
      });
      return sealed;
    },
    async refusal() {
      let outcome = '';
      await until(async () => {
        outcome = await one().then(
          (count) => `sealed ${count}`,
          (error: unknown) => (error instanceof RefusedToSign ? error.reason : Promise.reject(error)),
        );
        return outcome !== 'sealed 0';
      });
      return outcome;
    },
    forget: () => void (pass = { from: BEGINNING, isFirst: true }),
  };
}

/** The whole loop, as a server process runs it. */
export function running(database: TestDatabase, folder: string): Sequencer & { failures: unknown[] } {
  const failures: unknown[] = [];
  const sequencer = startSequencer({
    pool: sequencerPool(database),
    key: logKey(),
    keeping: keptCheckpoint(folder),
    wantedOrigin: null,
    intervalMs: 10,
    onRefusal: (reason) => void failures.push(reason),
    onDelay: () => {},
    onFailure: (error) => void failures.push(error),
  });
  afterAll(() => sequencer.stop());
  return { ...sequencer, failures };
}

const INSERT = `insert into hien.audit_event (id, recorded_at, occurred_at, epoch, action, outcome, event)
  select i::uuid, now(), now(), (select audit_epoch from hien.installation), 'case.open', 'done', convert_to('{"id":"' || i || '"}', 'UTF8')
    from unnest($1::text[]) i`;

/** Writes events past the application, in one statement; answers with their ids. */
export async function writeEvents(database: Pick<TestDatabase, 'ask'>, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  await database.ask(INSERT, [ids]);
  return ids;
}

export type Leaf = { index: number; id: string; hash: Buffer };

export function leavesOf(database: TestDatabase): Promise<Leaf[]> {
  return database.ask<Leaf>(
    'select leaf_index::int as index, event_id as id, leaf_hash as hash from hien.audit_leaf order by leaf_index',
  );
}

/** Ids of all events in the order that the log must have. */
export async function settledOrder(database: TestDatabase): Promise<string[]> {
  const rows = await database.ask<{ id: string }>('select id from hien.audit_event order by epoch, xid, id');
  return rows.map((row) => row.id);
}

/** Waits until something is so: the loop works at its own pace. Throws after half a minute. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + 30_000;
  while (!(await isSo())) {
    if (performance.now() > giveUpAt) throw new Error('it did not come about');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export async function isAllSealed(database: TestDatabase): Promise<boolean> {
  const [row] = await database.ask<{ waiting: number }>(
    'select count(*)::int as waiting from hien.audit_event e where not exists (select 1 from hien.audit_leaf l where l.event_id = e.id)',
  );
  return row?.waiting === 0;
}
