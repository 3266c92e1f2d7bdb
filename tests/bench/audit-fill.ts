import pg from 'pg';
import { progress } from '../../server/progress.ts';
import { eventSource } from './audit-events.ts';
import { appendAll, makeEarlierPartitions, openSequencing, type Sequencing } from './audit-log.ts';
import type { Sample } from './make-case.ts';
import { percentile } from './measure.ts';
import type { Stage } from './stage.ts';

/** Microseconds per event: stored, sealed, and both. */
export type Cost = { appendUs: number; sealUs: number; totalUs: number };
/** `march`: the month that is asked about later; the log begins with its year. */
export type Filled = { events: number; early: Cost; late: Cost; mean: Cost; march: { from: Date; to: Date } };

const WINDOW = 5_000;
/** Windows from the five-thousandth event on, and the last ones; the very first warms up. */
const WINDOWS = 6;
const BATCH = 1_000;

/**
 * Appends events in batches and seals them window by window; the cost of a window is told for the beginning and the end. Both
 * begin with a checkpoint: a young database has written none yet, and what it owes its disk is no cost of a long log. The
 * mean over the whole has all checkpoints in it.
 */
export async function fillLog(stage: Stage, samples: readonly Sample[], events: number): Promise<Filled> {
  const client = new pg.Client({ connectionString: stage.ownerUrl });
  await client.connect();
  const march = lastMarch(new Date());
  const begin = Date.UTC(march.from.getUTCFullYear(), 0);
  const stepMs = (Date.now() - 60_000 - begin) / events;
  const sequencing = await openSequencing(stage);
  try {
    await makeEarlierPartitions(client, new Date(begin));
    await sequencing.seal();
    const source = eventSource(stage, samples);
    const costs: Cost[] = [];
    let made = 0;
    while (made < events) {
      const window = Array.from({ length: Math.min(WINDOW, events - made) }, (_, nth) =>
        source.next(Math.floor(begin + (made + nth) * stepMs)),
      );
      if (made === WINDOW || made === events - (events % WINDOW) - WINDOWS * WINDOW) await client.query('checkpoint');
      costs.push(await windowOf(client, sequencing, window));
      made += window.length;
      progress.count('sự kiện / events', made, events);
    }
    const whole = costs.filter((_, nth) => (nth + 1) * WINDOW <= events);
    return {
      events,
      early: median(whole.slice(1, 1 + WINDOWS)),
      late: median(whole.slice(-WINDOWS)),
      mean: mean(whole),
      march,
    };
  } finally {
    await sequencing.close();
    await client.end();
  }
}

async function windowOf(
  client: pg.Client,
  sequencing: Sequencing,
  events: Parameters<typeof appendAll>[1],
): Promise<Cost> {
  const startedAt = performance.now();
  for (let at = 0; at < events.length; at += BATCH) await appendAll(client, events.slice(at, at + BATCH));
  const appendedAt = performance.now();
  const sealed = await sequencing.seal();
  const sealedAt = performance.now();
  if (sealed !== events.length) throw new Error(`${sealed} events sealed out of ${events.length}`);
  const per = (ms: number): number => (ms * 1000) / events.length;
  return {
    appendUs: per(appendedAt - startedAt),
    sealUs: per(sealedAt - appendedAt),
    totalUs: per(sealedAt - startedAt),
  };
}

function median(costs: readonly Cost[]): Cost {
  return combined(costs, (values) =>
    percentile(
      values.toSorted((a, b) => a - b),
      0.5,
    ),
  );
}

function mean(costs: readonly Cost[]): Cost {
  return combined(costs, (values) => values.reduce((sum, value) => sum + value, 0) / values.length);
}

function combined(costs: readonly Cost[], over: (values: number[]) => number): Cost {
  const of = (name: keyof Cost): number => over(costs.map((cost) => cost[name]));
  return { appendUs: of('appendUs'), sealUs: of('sealUs'), totalUs: of('totalUs') };
}

function lastMarch(now: Date): { from: Date; to: Date } {
  const year = now.getUTCMonth() > 3 ? now.getUTCFullYear() : now.getUTCFullYear() - 1;
  return { from: new Date(Date.UTC(year, 2)), to: new Date(Date.UTC(year, 3)) };
}
