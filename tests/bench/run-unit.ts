import { progress } from '../../server/progress.ts';
import { barePlayers, barePool } from './bare-units.ts';
import type { Sample } from './make-case.ts';
import { load, percentile, together, type Load, type Player } from './measure.ts';
import type { Options, UnitName } from './options.ts';
import type { Figure, Side } from './report.ts';
import type { ServerProcess } from './server-process.ts';
import type { Stage } from './stage.ts';
import { REQUESTS_PER_OPERATION, systemPlayers } from './system-units.ts';
import { databaseCpuSeconds } from './usage.ts';

export type Running = { stage: Stage; samples: readonly Sample[]; server: ServerProcess; options: Options };

const SLICES = 4;
const WARM_UP_SECONDS = 1.5;

type Cpu = { processMs: number; databaseMs: number | null };
type Timed = { load: Load; cpu: Cpu };

/** Measures one unit: the system and bare SQL in turns, slice by slice, so that a busy machine disturbs both alike. */
export async function runUnit(on: Running, unit: UnitName, concurrency: number): Promise<Figure> {
  const { stage, samples, server, options } = on;
  const pool = barePool(stage, poolSizeFor(stage, unit));
  const system = await systemPlayers({ stage, samples, port: server.port }, unit, concurrency);
  await load(system, WARM_UP_SECONDS);
  const isPipelined = options.bare === 'pipelined';
  const bare = await barePlayers({ stage, samples, pool, isPipelined }, unit, concurrency);
  await load(bare, WARM_UP_SECONDS);
  try {
    const slices: { system: Timed; bare: Timed }[] = [];
    for (let nth = 0; nth < SLICES; nth += 1) {
      progress.step(`${unit} × ${concurrency}: ${nth + 1}/${SLICES}`);
      slices.push({
        system: await timed(on, system, async () => (await server.usage()).cpuMs),
        bare: await timed(on, bare, async () => ownCpuMs()),
      });
    }
    return figureOf({ unit, concurrency, peakKb: (await server.usage()).peakKb }, slices);
  } finally {
    for (const player of [...system, ...bare]) await player.close();
    await pool.end();
  }
}

/** The auditor's work has a smaller pool of its own; bare SQL gets the same. */
function poolSizeFor(stage: Stage, unit: UnitName): number {
  return unit === 'audit' ? Math.max(2, Math.ceil(stage.config.poolSize / 4)) : stage.config.poolSize;
}

async function timed(on: Running, players: readonly Player[], processCpuMs: () => Promise<number>): Promise<Timed> {
  const before = { process: await processCpuMs(), database: databaseCpuSeconds(on.stage.folder) };
  const done = await load(players, on.options.seconds / SLICES);
  const after = { process: await processCpuMs(), database: databaseCpuSeconds(on.stage.folder) };
  const isKnown = before.database !== null && after.database !== null;
  const databaseMs = isKnown ? (Number(after.database) - Number(before.database)) * 1000 : null;
  return { load: done, cpu: { processMs: after.process - before.process, databaseMs } };
}

function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

type About = { unit: UnitName; concurrency: number; peakKb: number };

function figureOf(about: About, slices: readonly { system: Timed; bare: Timed }[]): Figure {
  const system = sideOf(slices.map((slice) => slice.system));
  const bare = sideOf(slices.map((slice) => slice.bare));
  const { unit, concurrency, peakKb } = about;
  const requestsPerOperation = REQUESTS_PER_OPERATION[unit];
  return {
    unit,
    concurrency,
    requestsPerOperation,
    system,
    bare,
    ratio: system.perSecond / bare.perSecond,
    peakMb: peakKb / 1024,
  };
}

function sideOf(slices: readonly Timed[]): Side {
  const all = together(slices.map((slice) => slice.load));
  const { latenciesMs, operations } = all;
  const perOperation = (parts: readonly number[]): number => parts.reduce((sum, part) => sum + part, 0) / operations;
  const database = slices.map((slice) => slice.cpu.databaseMs);
  return {
    perSecond: operations / all.seconds,
    p50Ms: percentile(latenciesMs, 0.5),
    p95Ms: percentile(latenciesMs, 0.95),
    p99Ms: percentile(latenciesMs, 0.99),
    cpuMs: perOperation(slices.map((slice) => slice.cpu.processMs)),
    databaseCpuMs: database.every((ms) => ms !== null) ? perOperation(database) : null,
  };
}
