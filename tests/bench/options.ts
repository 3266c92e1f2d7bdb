import { parseArgs } from 'node:util';

export const UNIT_NAMES = ['register', 'open', 'list', 'find', 'refer', 'audit'] as const;
export type UnitName = (typeof UNIT_NAMES)[number];

/** What is measured: the units beside bare SQL, barred people beside unknown cases, or the rotation of keys. */
export type Subject = 'units' | 'barred' | 'rotation';

export type Options = {
  subject: Subject;
  /** Cases in the generated database. */
  cases: number;
  /** Seconds of load per unit, concurrency and side (system, bare SQL). */
  seconds: number;
  concurrency: readonly number[];
  units: readonly UnitName[];
  /** File for the figures as JSON. */
  json: string | undefined;
  /** Folder for a CPU profile of the server process. */
  profile: string | undefined;
  /** Node's own options for the server process; those of `npm start` unless given. */
  node: string | undefined;
  /** `barred`: pairs of requests per kind. */
  pairs: number;
  /** `rotation`: pause of each person at work between two operations, milliseconds. */
  pauseMs: number;
  /** Bare SQL sends each statement after the answer to the one before, or all of a step at once. */
  bare: 'awaited' | 'pipelined';
};

export const USAGE = `npm run bench -- [units | barred | rotation] [options]
  --cases 10000          cases in the generated database
  --seconds 10           load per unit, concurrency and side
  --concurrency 8,32     simultaneous sessions
  --units ${UNIT_NAMES.join(',')}
  --bare awaited         or pipelined: how bare SQL sends its statements
  --pairs 1000           barred: pairs of requests of each kind
  --pause 50             rotation: pause between two operations of one person, ms
  --json <file>          the figures as JSON, too
  --profile <folder>     CPU profile of the server process
  --node="<options>"     Node's options for the server process instead of those of npm start`;

/** @throws Error that names the wrong option */
export function readOptions(args: string[]): Options {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      cases: { type: 'string', default: '10000' },
      seconds: { type: 'string', default: '10' },
      concurrency: { type: 'string', default: '8,32' },
      units: { type: 'string', default: UNIT_NAMES.join(',') },
      bare: { type: 'string', default: 'awaited' },
      pairs: { type: 'string', default: '1000' },
      pause: { type: 'string', default: '50' },
      json: { type: 'string' },
      profile: { type: 'string' },
      node: { type: 'string' },
    },
  });
  const { bare } = values;
  if (bare !== 'awaited' && bare !== 'pipelined') throw new Error('--bare: awaited or pipelined');
  return {
    subject: subjectOf(positionals),
    pairs: positive('pairs', values.pairs),
    pauseMs: positive('pause', values.pause),
    cases: positive('cases', values.cases),
    seconds: positive('seconds', values.seconds),
    concurrency: values.concurrency.split(',').map((part) => positive('concurrency', part)),
    units: values.units.split(',').map(unitName),
    json: values.json,
    profile: values.profile,
    node: values.node,
    bare,
  };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new Error(`--${name}: a number above zero`);
  return value;
}

function subjectOf([name = 'units', ...more]: readonly string[]): Subject {
  const found = (['units', 'barred', 'rotation'] as const).find((subject) => subject === name);
  if (found === undefined || more.length > 0) throw new Error('what to measure: units, barred or rotation');
  return found;
}

function unitName(text: string): UnitName {
  const found = UNIT_NAMES.find((name) => name === text);
  if (found === undefined) throw new Error(`--units: ${UNIT_NAMES.join(', ')}`);
  return found;
}
