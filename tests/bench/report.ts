import type { UnitName } from './options.ts';

export type Side = {
  perSecond: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  /** CPU of the process (server, or bare SQL's own) and of PostgreSQL, in milliseconds per operation. */
  cpuMs: number;
  databaseCpuMs: number | null;
};

export type Figure = {
  unit: UnitName;
  concurrency: number;
  requestsPerOperation: number;
  system: Side;
  bare: Side;
  /** Operations per second of the system over those of bare SQL. */
  ratio: number;
  /** Highest resident memory of the server process so far. */
  peakMb: number;
};

export type Report = {
  cases: number;
  seconds: number;
  bare: string;
  poolSize: number;
  node: string;
  coldReadyMs: number;
  warmReadyMs: number;
  figures: readonly Figure[];
};

const HEAD = [
  'unit',
  'at once',
  'per second',
  'p50 ms',
  'p95 ms',
  'p99 ms',
  'CPU ms/request: server',
  'PostgreSQL',
  'peak MB',
  'bare: per second',
  'p50 ms',
  'p95 ms',
  'p99 ms',
  'CPU ms: node',
  'PostgreSQL',
  'ratio',
];

/** The figures as a Markdown table, with what they mean below. */
export function markdown(report: Report): string {
  const rows = [HEAD, HEAD.map(() => '---:'), ...report.figures.map(row)].map((cells) => `| ${cells.join(' | ')} |`);
  const peak = Math.max(...report.figures.map((figure) => figure.peakMb));
  return [
    `${report.cases} cases, ${report.seconds} s per side, one server process (${report.node}), pool of ${report.poolSize}, commits durable; bare SQL ${report.bare}`,
    '',
    ...rows,
    '',
    'One `refer` is three requests (draft, dispatch, acceptance); its times are those of all three, CPU is per request.',
    `Ready after ${seconds(report.warmReadyMs)} s (first start ${seconds(report.coldReadyMs)} s); highest memory of the server ${peak.toFixed(0)} MB.`,
  ].join('\n');
}

function row(figure: Figure): string[] {
  const { system, bare, requestsPerOperation } = figure;
  return [
    figure.unit,
    String(figure.concurrency),
    ...timesOf(system),
    ...cpuOf(system, requestsPerOperation),
    figure.peakMb.toFixed(0),
    ...timesOf(bare),
    ...cpuOf(bare, requestsPerOperation),
    figure.ratio.toFixed(2),
  ];
}

function timesOf({ perSecond, p50Ms, p95Ms, p99Ms }: Side): string[] {
  return [perSecond.toFixed(0), ...[p50Ms, p95Ms, p99Ms].map((ms) => ms.toFixed(1))];
}

function cpuOf({ cpuMs, databaseCpuMs }: Side, requests: number): string[] {
  return [cpuMs, databaseCpuMs].map((ms) => (ms === null ? '–' : (ms / requests).toFixed(2)));
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}
