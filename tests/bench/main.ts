import { writeFile } from 'node:fs/promises';
import { progress } from '../../server/progress.ts';
import { AUDIT_USAGE } from './audit-options.ts';
import { benchAudit } from './audit.ts';
import { barredWords, measureBarred } from './barred.ts';
import { generate } from './generate.ts';
import { readOptions, USAGE, type Options, type Subject } from './options.ts';
import { markdown, type Figure, type Report } from './report.ts';
import { measureRotation, rotationWords } from './rotation.ts';
import { runUnit } from './run-unit.ts';
import { startServer } from './server-process.ts';
import { buildStage, type Stage } from './stage.ts';

/**
 * Drives the running system over HTTP on a generated database, beside the same rows written and read by bare
 * prepared SQL, and prints what it found. Judges nothing.
 */
async function main(options: Options): Promise<void> {
  const stage = await buildStage();
  const interrupt = (): void => void stage.dismantle().finally(() => process.exit(130));
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    const { report, words } = await MEASURES[options.subject](stage, options);
    console.log(`\n${words}`);
    if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`);
  } finally {
    await stage.dismantle();
  }
}

type Measured = { report: unknown; words: string };

const MEASURES: Readonly<Record<Subject, (stage: Stage, options: Options) => Promise<Measured>>> = {
  units: async (stage, options) => {
    const report = await measure(stage, options);
    return { report, words: markdown(report) };
  },
  barred: async (stage, options) => {
    const report = await measureBarred(stage, options);
    return { report, words: barredWords(report) };
  },
  rotation: async (stage, options) => {
    const report = await measureRotation(stage, options);
    return { report, words: rotationWords(report) };
  },
};

async function measure(stage: Stage, options: Options): Promise<Report> {
  const samples = await generate(stage, options.cases);
  const { node, profile } = options;
  const first = await startServer(stage, { node, profile: undefined });
  await first.stop();
  const server = await startServer(stage, { node, profile });
  const figures: Figure[] = [];
  try {
    for (const concurrency of options.concurrency) {
      for (const unit of options.units)
        figures.push(await runUnit({ stage, samples, server, options }, unit, concurrency));
    }
  } finally {
    await server.stop();
  }
  return {
    cases: options.cases,
    seconds: options.seconds,
    bare: options.bare,
    poolSize: stage.config.poolSize,
    node: `Node ${process.version}`,
    coldReadyMs: first.readyMs,
    warmReadyMs: server.readyMs,
    figures,
  };
}

try {
  const [first, ...rest] = process.argv.slice(2);
  await (first === 'audit' ? benchAudit(rest) : main(readOptions(process.argv.slice(2))));
} catch (error) {
  progress.step('');
  console.error(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n\n${USAGE}\n\n${AUDIT_USAGE}`,
  );
  process.exitCode = 1;
}
