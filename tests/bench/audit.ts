import { writeFile } from 'node:fs/promises';
import { fillLog, SINGLY, SMALL, type Filled, type SideCost } from './audit-fill.ts';
import { readAuditOptions, type AuditOptions } from './audit-options.ts';
import { askWhoRead, compareReads, type Asked, type Reads } from './audit-reads.ts';
import { exportAndVerify, type Verified } from './audit-verify.ts';
import { generate } from './generate.ts';
import { buildStage, type Stage } from './stage.ts';

type AuditReport = { filled: Filled; verified: Verified; asked: Asked; reads: Reads };

/** A log of a million events: what one costs, how long its verification takes, and what keeping it costs a reading. */
export async function benchAudit(args: string[]): Promise<void> {
  const options = readAuditOptions(args);
  const stage = await buildStage();
  const interrupt = (): void => void stage.dismantle().finally(() => process.exit(130));
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    const report = await measureAudit(stage, options);
    console.log(`\n${markdown(report)}`);
    if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`);
  } finally {
    await stage.dismantle();
  }
}

async function measureAudit(stage: Stage, { events, cases, seconds }: AuditOptions): Promise<AuditReport> {
  const samples = await generate(stage, cases);
  const filled = await fillLog(stage, samples, events);
  const verified = await exportAndVerify(stage);
  const on = { stage, samples, seconds };
  const asked = await askWhoRead(on, filled.march);
  const reads = await compareReads(on);
  return { filled, verified, asked, reads };
}

function markdown({ filled, verified, asked, reads }: AuditReport): string {
  const rows = [
    ['what', 'figure', 'goal'],
    ['---', '---:', '---:'],
    ...costRows(filled),
    [
      `export of ${verified.size.toLocaleString('en')} entries`,
      `${verified.exportSeconds.toFixed(1)} s, ${verified.differences} differences`,
      '',
    ],
    ['verification', `${verified.verifySeconds.toFixed(1)} s`, '≤ 60 s'],
    ['highest memory of the verifier', `${verified.verifyPeakMb.toFixed(0)} MiB`, '≤ 256 MiB'],
    [
      `who read case X in March? (${asked.questions} asked, ${asked.eventsFound} lines)`,
      `p50 ${asked.p50Ms.toFixed(0)} ms, p95 ${asked.p95Ms.toFixed(0)} ms, longest ${asked.maxMs.toFixed(0)} ms`,
      '≤ 2 s',
    ],
    [
      'reads per second with : without record',
      `${reads.recordedPerSecond.toFixed(0)} : ${reads.unrecordedPerSecond.toFixed(0)} = ${reads.ratio.toFixed(2)}`,
      '≥ 0.5',
    ],
  ];
  return [...rows.map((cells) => `| ${cells.join(' | ')} |`), '', verified.verdict].join('\n');
}

/** The two logs stand beside each other: the ratios hold on a busy machine, and those of counted work anywhere. */
function costRows({ small, large, events }: Filled): string[][] {
  const ratio = (of: (side: SideCost) => number): string => (of(large) / of(small)).toFixed(2);
  const pair = (of: (side: SideCost) => string): string => `${of(small)} : ${of(large)}`;
  return [
    [
      `an event at ${SMALL.toLocaleString('en')} : at ${events.toLocaleString('en')} (append + seal)`,
      pair(
        ({ totalUs, appendUs, sealUs }) => `${totalUs.toFixed(0)} µs (${appendUs.toFixed(0)} + ${sealUs.toFixed(0)})`,
      ),
      '',
    ],
    ['ratio', ratio(({ totalUs }) => totalUs), '≤ 1.2'],
    ['pages gone to, ratio', `${pair(({ pages }) => pages.toFixed(1))} = ${ratio(({ pages }) => pages)}`, '≤ 1.2'],
    [
      'write-ahead log, ratio',
      `${pair(({ walBytes }) => `${walBytes.toFixed(0)} B`)} = ${ratio(({ walBytes }) => walBytes)}`,
      '≤ 1.2',
    ],
    [
      `write-ahead log of single events, ${SINGLY.toLocaleString('en')} after a checkpoint, ratio`,
      `${pair(({ singlyWalBytes }) => `${singlyWalBytes.toFixed(0)} B`)} = ${ratio(({ singlyWalBytes }) => singlyWalBytes)}`,
      '≤ 1.2',
    ],
  ];
}
