import pg from 'pg';
import { generate } from './generate.ts';
import type { Options } from './options.ts';
import { runRotation, type RotationRun } from './rotate-process.ts';
import { startServer } from './server-process.ts';
import type { Stage } from './stage.ts';
import { steadyLoad, type Stretch } from './steady-load.ts';

/** Killed in the middle of the work, so that the second run has something to take up. */
const KILL_AT = 0.4;
const BEFORE_MS = 10_000;

type Sealed = { grants: number; notices: number; oldGrants: number; oldNotices: number; livingOldKeys: number };

export type RotationReport = {
  cases: number;
  generationSeconds: number;
  before: Sealed;
  after: Sealed;
  killed: RotationRun;
  finished: RotationRun;
  quiet: Stretch;
  underway: Stretch;
  afterwards: Stretch;
};

/** Everybody gets new keys while people work on a large database; the command is killed once and called again. */
export async function measureRotation(stage: Stage, options: Options): Promise<RotationReport> {
  const startedAt = performance.now();
  const samples = await generate(stage, options.cases);
  const generationSeconds = (performance.now() - startedAt) / 1000;
  console.log(`${options.cases} cases in ${generationSeconds.toFixed(0)} s`);
  const before = await sealedIn(stage);
  const server = await startServer(stage, { node: options.node, profile: options.profile });
  const load = await steadyLoad({ stage, samples, port: server.port }, options.pauseMs);
  try {
    await new Promise((resolve) => setTimeout(resolve, BEFORE_MS));
    const quiet = load.stretch();
    const killed = await runRotation(stage, KILL_AT);
    console.log('  kill -9');
    const finished = await runRotation(stage, null);
    const underway = load.stretch();
    await new Promise((resolve) => setTimeout(resolve, BEFORE_MS));
    const afterwards = load.stretch();
    const { cases } = options;
    const after = await sealedIn(stage);
    return { cases, generationSeconds, before, after, killed, finished, quiet, underway, afterwards };
  } finally {
    await load.stop();
    await server.stop();
  }
}

/** What hangs on the keys of agencies, and how much of it on those of the first version. */
async function sealedIn(stage: Stage): Promise<Sealed> {
  const client = new pg.Client({ connectionString: stage.ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<Record<keyof Sealed, string>>(`select
      (select count(*) from hien.access_grant) as grants,
      (select count(sender_notice) + count(recipient_notice) from hien.referral) as notices,
      (select count(*) from hien.access_grant where holder_key_version = 1) as "oldGrants",
      (select count(*) filter (where sender_key_version = 1) + count(*) filter (where recipient_key_version = 1) from hien.referral) as "oldNotices",
      (select count(*) from hien.principal_key where version = 1 and destroyed_at is null) as "livingOldKeys"`);
    const [row] = rows;
    if (row === undefined) throw new Error('no counts');
    return Object.fromEntries(Object.entries(row).map(([name, count]) => [name, Number(count)])) as Sealed;
  } finally {
    await client.end();
  }
}

/** The figures in words, with every request that failed. */
export function rotationWords(report: RotationReport): string {
  const { cases, generationSeconds, before, after, killed, finished, quiet, underway, afterwards } = report;
  const seconds = killed.seconds + finished.seconds;
  const items = before.grants + before.notices;
  const failed = [quiet, underway, afterwards].flatMap((stretch) => stretch.failed);
  return [
    `${cases} cases (made in ${generationSeconds.toFixed(0)} s): ${before.grants} grants and ${before.notices} notices sealed to agencies`,
    `rotation of all agencies: ${seconds.toFixed(0)} s, ${(items / seconds).toFixed(0)} items a second; killed with -9 after ${killed.seconds.toFixed(0)} s, finished by the next call in ${finished.seconds.toFixed(0)} s (exit ${String(finished.exitCode)})`,
    finished.lines.filter((line) => !line.startsWith('…')).join('\n'),
    `still sealed to the first keys: ${after.oldGrants} grants, ${after.oldNotices} notices; first keys with a private half: ${after.livingOldKeys}`,
    '',
    '| people at work | operations | a second | p50 ms | p95 ms | failed |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    stretchRow('before', quiet),
    stretchRow('during the rotation', underway),
    stretchRow('afterwards', afterwards),
    ...failed.slice(0, 10),
  ].join('\n');
}

function stretchRow(name: string, { operations, perSecond, p50Ms, p95Ms, failed }: Stretch): string {
  return `| ${name} | ${operations} | ${perSecond.toFixed(1)} | ${p50Ms.toFixed(1)} | ${p95Ms.toFixed(1)} | ${failed.length} |`;
}
