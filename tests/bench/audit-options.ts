import { parseArgs } from 'node:util';

export type AuditOptions = {
  events: number;
  /** Cases in the generated database that events speak of. */ cases: number;
  /** Seconds of reads per side. */ seconds: number;
  json: string | undefined;
};

export const AUDIT_USAGE = `npm run bench -- audit [options]
  --events 1000000       events in the log
  --cases 2000           cases that they speak of
  --seconds 8            reads per side, with and without their record
  --json <file>          the figures as JSON, too`;

/** @throws Error that names the wrong option */
export function readAuditOptions(args: string[]): AuditOptions {
  const text = (value: string) => ({ type: 'string' as const, default: value });
  const { values } = parseArgs({
    args,
    options: { events: text('1000000'), cases: text('2000'), seconds: text('8'), json: { type: 'string' } },
  });
  return {
    events: atLeast('events', values.events, 60_000),
    cases: atLeast('cases', values.cases, 50),
    seconds: atLeast('seconds', values.seconds, 1),
    json: values.json,
  };
}

function atLeast(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least) throw new Error(`--${name}: a number from ${least} on`);
  return value;
}
