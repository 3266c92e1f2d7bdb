import { fileURLToPath } from 'node:url';
import { progress } from '../../server/progress.ts';
import { auditors } from './cast.ts';
import type { Sample } from './make-case.ts';
import { load, percentile, together, type Load, type Player } from './measure.ts';
import { startServer, type ServerProcess } from './server-process.ts';
import type { Stage } from './stage.ts';
import { anyOf, expectStatus, signedIn, systemPlayers } from './system-units.ts';

export type Reads = { recordedPerSecond: number; unrecordedPerSecond: number; ratio: number };
export type Asked = { questions: number; eventsFound: number; p50Ms: number; p95Ms: number; maxMs: number };

type On = { stage: Stage; samples: readonly Sample[]; seconds: number };

const UNRECORDED = fileURLToPath(new URL('unrecorded-server.ts', import.meta.url));
const AT_ONCE = 8;
const SLICES = 4;

/** Opening cases over HTTP, with the record of each reading and without it, in turns on two servers. */
export async function compareReads(on: On): Promise<Reads> {
  const servers = [await plainServer(on.stage), await plainServer(on.stage, UNRECORDED)] as const;
  const sides = await Promise.all(servers.map(({ port }) => systemPlayers({ ...on, port }, 'open', AT_ONCE)));
  const loads: Load[][] = [[], []];
  try {
    for (const players of sides) await load(players, 1);
    for (let slice = 0; slice < SLICES; slice += 1) {
      progress.step(`đọc hồ sơ / reads ${slice + 1}/${SLICES}`);
      for (const [side, players] of sides.entries()) loads[side]?.push(await load(players, on.seconds / SLICES));
    }
  } finally {
    await closeAll(sides.flat(), servers);
  }
  const [recordedPerSecond, unrecordedPerSecond] = loads.map(perSecond) as [number, number];
  return { recordedPerSecond, unrecordedPerSecond, ratio: recordedPerSecond / unrecordedPerSecond };
}

async function closeAll(players: readonly Player[], servers: readonly ServerProcess[]): Promise<void> {
  for (const player of players) await player.close();
  for (const server of servers) await server.stop();
}

function perSecond(loads: readonly Load[]): number {
  const all = together(loads);
  return all.operations / all.seconds;
}

function plainServer(stage: Stage, program?: string): Promise<ServerProcess> {
  return startServer(stage, { node: undefined, profile: undefined, ...(program === undefined ? {} : { program }) });
}

const QUESTIONS = 40;

/** "Who read case X in March?", as an auditor asks it over HTTP, each time about another case. */
export async function askWhoRead({ stage, samples }: On, march: { from: Date; to: Date }): Promise<Asked> {
  const server = await plainServer(stage);
  const session = await signedIn({ stage, samples, port: server.port }, auditors(stage)[0] ?? '');
  const timesMs: number[] = [];
  let eventsFound = 0;
  try {
    for (let nth = 0; nth < QUESTIONS; nth += 1) {
      progress.count('ai đã đọc? / who read?', nth + 1, QUESTIONS);
      const query = new URLSearchParams({
        case: anyOf(samples).caseId,
        action: 'case.open',
        from: march.from.toISOString(),
        to: march.to.toISOString(),
        limit: '200',
      });
      const startedAt = performance.now();
      const reply = await session.call({ method: 'GET', path: `/api/audit/events?${query.toString()}` });
      timesMs.push(performance.now() - startedAt);
      expectStatus(200, reply);
      eventsFound += (JSON.parse(reply.body.toString('utf8')) as { items: unknown[] }).items.length;
    }
  } finally {
    session.close();
    await server.stop();
  }
  const sorted = timesMs.toSorted((a, b) => a - b);
  return {
    questions: QUESTIONS,
    eventsFound,
    p50Ms: percentile(sorted, 0.5),
    p95Ms: percentile(sorted, 0.95),
    maxMs: percentile(sorted, 1),
  };
}
