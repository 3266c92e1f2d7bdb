import pg from 'pg';
import { kindsOf, type HiddenCase, type Kind, type Side } from './barred-kinds.ts';
import { generate } from './generate.ts';
import type { HttpSession } from './http-session.ts';
import type { Sample } from './make-case.ts';
import { percentile } from './measure.ts';
import type { Options } from './options.ts';
import { startServer, type ServerProcess } from './server-process.ts';
import type { Stage } from './stage.ts';
import { signedIn } from './system-units.ts';
import { progress } from '../../server/progress.ts';

const BLOCKS = 10;
const WARM_UP = 50;
const COUNTED = 20;
const MOST_CASES = 300;

type Times = Record<Side, number[]>;

export type BarredFigure = {
  name: string;
  requests: number;
  p50Ms: Record<Side, number>;
  p95Ms: Record<Side, number>;
  /** p50 of the hidden over p50 of the unknown: over all, and the least and the most of ten blocks of the run. */
  ratio: { p50: number; p95: number; least: number; most: number };
  statements: Record<Side, number>;
};

/**
 * The same person asks for cases that are hidden from her (she is barred, or they are another agency's) and for cases
 * that do not exist, one request after the other and in turns, so that whatever else the machine does disturbs both alike.
 */
export async function measureBarred(stage: Stage, options: Options): Promise<BarredFigure[]> {
  const samples = await generate(stage, options.cases);
  const { staffId, agencyId } = supervisorOf(stage, samples);
  const barred = samples.filter((sample) => sample.agencyId === agencyId).slice(0, MOST_CASES);
  const foreign = samples.filter((sample) => sample.agencyId !== agencyId).slice(0, MOST_CASES);
  const server = await startServer(stage, { node: options.node, profile: options.profile, isCounting: true });
  const session = await signedIn({ stage, samples, port: server.port }, staffId);
  try {
    const kinds = kindsOf(await withCodes(stage, barred), await withCodes(stage, foreign));
    const open = kinds[0]?.request.hidden(0);
    if (open === undefined || (await session.call(open)).status !== 200) throw new Error('she saw none of it before');
    await bar(stage, staffId, barred);
    const figures: BarredFigure[] = [];
    for (const kind of kinds) figures.push(await measureKind({ session, server, pairs: options.pairs }, kind));
    return figures;
  } finally {
    session.close();
    await server.stop();
  }
}

/** A supervisor of an agency that registered cases: she would see every one of them. */
function supervisorOf({ district }: Stage, samples: readonly Sample[]): { staffId: string; agencyId: string } {
  const found = district.staff.find(
    (person) => person.roles.includes('supervisor') && samples.some((sample) => sample.agencyId === person.agencyId),
  );
  if (found === undefined) throw new Error('no supervisor in the district');
  return { staffId: found.id, agencyId: found.agencyId };
}

async function withCodes(stage: Stage, samples: readonly Sample[]): Promise<HiddenCase[]> {
  const client = new pg.Client({ connectionString: stage.ownerUrl });
  await client.connect();
  const { rows } = await client.query<{ id: string; code: string }>(
    'select id, code from hien.case_file where id = any ($1)',
    [samples.map((sample) => sample.caseId)],
  );
  await client.end();
  const codes = new Map(rows.map(({ id, code }) => [id, code]));
  return samples.map((sample) => ({ ...sample, code: codes.get(sample.caseId) ?? '' }));
}

/** As the comparison at intake leaves it. */
async function bar(stage: Stage, staffId: string, samples: readonly Sample[]): Promise<void> {
  const client = new pg.Client({ connectionString: stage.ownerUrl });
  await client.connect();
  const caseIds = samples.map((sample) => sample.caseId);
  await client.query(
    `insert into hien.conflict_bar (case_id, staff_id, origin, field) select id, $2, 'match', 'phone' from unnest($1::uuid[]) id`,
    [caseIds, staffId],
  );
  await client.query('analyze hien.conflict_bar');
  await client.end();
}

type Measuring = { session: HttpSession; server: ServerProcess; pairs: number };

async function measureKind(on: Measuring, kind: Kind): Promise<BarredFigure> {
  await timesOf(on, kind, WARM_UP);
  const blocks: Times[] = [];
  for (let nth = 0; nth < BLOCKS; nth += 1) {
    blocks.push(await timesOf(on, kind, Math.ceil(on.pairs / BLOCKS)));
    progress.count(kind.name, nth + 1, BLOCKS);
  }
  const statements = {
    hidden: await statementsFor(on, kind, 'hidden'),
    unknown: await statementsFor(on, kind, 'unknown'),
  };
  return figureOf(kind.name, blocks, statements);
}

/** Pairs of one request each, which of the two comes first by chance. */
async function timesOf({ session }: Measuring, kind: Kind, pairs: number): Promise<Times> {
  const times: Times = { hidden: [], unknown: [] };
  for (let nth = 0; nth < pairs; nth += 1) {
    const order: Side[] = Math.random() < 0.5 ? ['hidden', 'unknown'] : ['unknown', 'hidden'];
    for (const side of order) {
      const request = kind.request[side](nth);
      const from = performance.now();
      const reply = await session.call(request);
      times[side].push(performance.now() - from);
      requireNothing(kind, side, { status: reply.status, body: reply.body.toString('utf8') });
    }
  }
  return times;
}

function requireNothing(kind: Kind, side: Side, reply: { status: number; body: string }): void {
  const isNothing = reply.status === kind.status && (reply.status !== 200 || /"items":\[\]/.test(reply.body));
  if (!isNothing) throw new Error(`${kind.name}, ${side}: ${reply.status} ${reply.body.slice(0, 200)}`);
}

async function statementsFor({ session, server }: Measuring, kind: Kind, side: Side): Promise<number> {
  const before = await server.statements();
  for (let nth = 0; nth < COUNTED; nth += 1) await session.call(kind.request[side](nth));
  return ((await server.statements()) - before) / COUNTED;
}

function figureOf(name: string, blocks: readonly Times[], statements: Record<Side, number>): BarredFigure {
  const all = (side: Side): number[] => blocks.flatMap((block) => block[side]).toSorted((a, b) => a - b);
  const [hidden, unknown] = [all('hidden'), all('unknown')];
  const p50Ms = { hidden: percentile(hidden, 0.5), unknown: percentile(unknown, 0.5) };
  const p95Ms = { hidden: percentile(hidden, 0.95), unknown: percentile(unknown, 0.95) };
  const ratios = blocks.map(({ hidden: of, unknown: to }) => medianOf(of) / medianOf(to));
  const ratio = {
    p50: p50Ms.hidden / p50Ms.unknown,
    p95: p95Ms.hidden / p95Ms.unknown,
    least: Math.min(...ratios),
    most: Math.max(...ratios),
  };
  return { name, requests: hidden.length, p50Ms, p95Ms, ratio, statements };
}

function medianOf(times: readonly number[]): number {
  return percentile(
    times.toSorted((a, b) => a - b),
    0.5,
  );
}

export function barredWords(figures: readonly BarredFigure[]): string {
  return [
    '| she asks for a hidden case | pairs | p50 ms hidden | unknown | p95 ms hidden | unknown | ratio p50 | of ten blocks | ratio p95 | statements hidden | unknown |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...figures.map(({ name, requests, p50Ms, p95Ms, ratio, statements }) => {
      const times = [p50Ms.hidden, p50Ms.unknown, p95Ms.hidden, p95Ms.unknown].map((ms) => ms.toFixed(2));
      const spread = `${ratio.least.toFixed(3)} … ${ratio.most.toFixed(3)}`;
      const cells = [ratio.p50.toFixed(3), spread, ratio.p95.toFixed(3), statements.hidden, statements.unknown];
      return `| ${[name, requests, ...times, ...cells].join(' | ')} |`;
    }),
  ].join('\n');
}
