import pg from 'pg';
import { progress } from '../../server/progress.ts';
import { eventSource, type EventSource } from './audit-events.ts';
import { emptyLog, makeEarlierPartitions } from './audit-log.ts';
import { copiedPlace, openSide, ownPlace, type Cost, type Side } from './audit-side.ts';
import type { Sample } from './make-case.ts';
import { percentile } from './measure.ts';
import type { Stage } from './stage.ts';

/** `singlyWalBytes`: of one event in a transaction of its own, full pages after a checkpoint included. */
export type SideCost = Cost & { singlyWalBytes: number };
/** The same events in a log of `SMALL` and in the large one; `march`: the month asked about later, the log begins with its year. */
export type Filled = { events: number; small: SideCost; large: SideCost; march: { from: Date; to: Date } };

export const SMALL = 10_000;
const WINDOW = 2_500;
/** Windows of each side, in turns. The first warms up. */
const ROUNDS = 9;
/** Between two checkpoints that are five minutes apart, at ten events a second. */
export const SINGLY = 3_000;
/** The large log is that much shorter when the two are compared. */
const COMPARED = ROUNDS * WINDOW + SINGLY;

/**
 * Fills a log, and then continues it beside a small one: same server, same moment, same kind of events on the same days and cases.
 * What a server does at first only (an empty buffer pool, no checkpoint yet) or when its machine is busy meets both alike.
 */
export async function fillLog(stage: Stage, samples: readonly Sample[], events: number): Promise<Filled> {
  const march = lastMarch(new Date());
  const begin = Date.UTC(march.from.getUTCFullYear(), 0);
  const stepMs = (Date.now() - 60_000 - begin) / events;
  await makeReady(stage, new Date(begin));
  const place = await copiedPlace(stage, 'small');
  // Each log has people of its own at work: the numbers of a session have no gaps.
  const from = (first: number): Next => countingFrom(first, { source: eventSource(stage, samples), begin, stepMs });
  const large = await openSide(stage, ownPlace(stage), from(0));
  const small = await openSide(stage, place, from(events - COMPARED - SMALL));
  try {
    await fill(large, events - COMPARED);
    await fill(small, SMALL);
    const costs = await compare([small, large]);
    return { events, small: costs[0], large: costs[1], march };
  } finally {
    await large.close();
    await small.close();
  }
}

type Pace = { source: EventSource; begin: number; stepMs: number };

type Next = Parameters<typeof openSide>[2];

function countingFrom(first: number, { source, begin, stepMs }: Pace): Next {
  let nth = first;
  return () => source.next(Math.floor(begin + nth++ * stepMs));
}

async function makeReady({ ownerUrl }: Stage, begin: Date): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  await emptyLog(client);
  await makeEarlierPartitions(client, begin);
  await client.end();
}

async function fill(side: Side, events: number): Promise<void> {
  for (let made = 0; made < events; made += WINDOW) {
    await side.window(Math.min(WINDOW, events - made));
    progress.count('sự kiện / events', Math.min(made + WINDOW, events), events);
  }
}

async function compare(sides: readonly [Side, Side]): Promise<[SideCost, SideCost]> {
  const costs: [Cost[], Cost[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    progress.count('so sánh / compare', round + 1, ROUNDS);
    // Who comes first changes, and with it whom the other's checkpoint or flush meets.
    for (const at of round % 2 === 0 ? [0, 1] : [1, 0]) costs[at]?.push(await (sides[at] as Side).window(WINDOW));
  }
  const singly = [await sides[0].singly(SINGLY), await sides[1].singly(SINGLY)];
  return [0, 1].map((at) => ({
    ...median(costs[at]?.slice(1) ?? []),
    singlyWalBytes: singly[at] ?? Number.NaN,
  })) as [SideCost, SideCost];
}

function median(costs: readonly Cost[]): Cost {
  const of = (name: keyof Cost): number =>
    percentile(
      costs.map((cost) => cost[name]).toSorted((a, b) => a - b),
      0.5,
    );
  return {
    appendUs: of('appendUs'),
    sealUs: of('sealUs'),
    totalUs: of('totalUs'),
    pages: of('pages'),
    walBytes: of('walBytes'),
  };
}

function lastMarch(now: Date): { from: Date; to: Date } {
  const year = now.getUTCMonth() > 3 ? now.getUTCFullYear() : now.getUTCFullYear() - 1;
  return { from: new Date(Date.UTC(year, 2)), to: new Date(Date.UTC(year, 3)) };
}
