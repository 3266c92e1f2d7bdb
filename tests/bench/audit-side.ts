import path from 'node:path';
import pg from 'pg';
import { progress } from '../../server/progress.ts';
import type { EventSource } from './audit-events.ts';
import { appendAll, countsOf, openSequencing, type Counts, type Place } from './audit-log.ts';
import type { Stage } from './stage.ts';

/** What one event cost: microseconds to store and to seal it, pages gone to, bytes of write-ahead log. */
export type Cost = { appendUs: number; sealUs: number; totalUs: number; pages: number; walBytes: number };

/** One log and whoever writes it. */
export type Side = {
  /** Stores events in batches and seals them. */
  window(count: number): Promise<Cost>;
  /** Stores events one by one, each in a transaction of its own, beginning at a checkpoint; bytes of write-ahead log for each. */
  singly(count: number): Promise<number>;
  close(): Promise<void>;
};

const BATCH = 1_000;

/** The stage's own database, with its kept checkpoint. */
export function ownPlace({ database, ownerUrl, config }: Stage): Place {
  return { ownerUrl, sequencerUrl: database.urls.sequencer ?? '', folder: config.audit.folder };
}

/** A copy of the stage's database as it is now, on the same server. Nobody may be connected to it. */
export async function copiedPlace(stage: Stage, name: string): Promise<Place> {
  const own = ownPlace(stage);
  const at = (url: string, database: string): string => Object.assign(new URL(url), { pathname: `/${database}` }).href;
  const client = new pg.Client({ connectionString: at(own.ownerUrl, 'postgres') });
  await client.connect();
  await client.query(`create database ${name} template ${new URL(own.ownerUrl).pathname.slice(1)}`);
  await client.end();
  return {
    ownerUrl: at(own.ownerUrl, name),
    sequencerUrl: at(own.sequencerUrl, name),
    folder: path.join(stage.folder, name),
  };
}

/** @param next events, in the order of their times */
export async function openSide(stage: Stage, place: Place, next: () => ReturnType<EventSource['next']>): Promise<Side> {
  const client = new pg.Client({ connectionString: place.ownerUrl });
  // Whoever interrupts the bench stops the database under it.
  client.on('error', () => {});
  await client.connect();
  const sequencing = await openSequencing(stage, place);
  await sequencing.seal();
  const counted = async (): Promise<Counts> => sum(await countsOf(client), await sequencing.counts());
  return {
    async window(count) {
      const events = Array.from({ length: count }, next);
      const before = await counted();
      const startedAt = performance.now();
      for (let at = 0; at < count; at += BATCH) await appendAll(client, events.slice(at, at + BATCH));
      const appendedAt = performance.now();
      const sealed = await sequencing.seal();
      const sealedAt = performance.now();
      if (sealed !== count) throw new Error(`${sealed} events sealed out of ${count}`);
      const after = await counted();
      const per = (ms: number): number => (ms * 1000) / count;
      return {
        appendUs: per(appendedAt - startedAt),
        sealUs: per(sealedAt - appendedAt),
        totalUs: per(sealedAt - startedAt),
        pages: (after.pages - before.pages) / count,
        walBytes: (after.walBytes - before.walBytes) / count,
      };
    },
    async singly(count) {
      await client.query('checkpoint');
      const before = await countsOf(client);
      for (let nth = 0; nth < count; nth += 1) await appendAll(client, [next()]);
      const after = await countsOf(client);
      progress.step('niêm phong / seal');
      await sequencing.seal();
      return (after.walBytes - before.walBytes) / count;
    },
    async close() {
      await sequencing.close();
      await client.end();
    },
  };
}

function sum(one: Counts, other: Counts): Counts {
  return { pages: one.pages + other.pages, walBytes: one.walBytes + other.walBytes };
}
