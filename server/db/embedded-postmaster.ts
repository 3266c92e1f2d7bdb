import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:fs';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedError } from './embedded-error.ts';
import { launch } from './embedded-runner.ts';
import type { Runner } from './embedded-runner.ts';
import { serverArguments } from './embedded-settings.ts';
import type { Site } from './embedded-site.ts';

/** A server process that accepts connections; `exit` resolves with a sentence when it has ended, for whatever reason. */
export type Postmaster = { port: number; exit: Promise<string>; stop(): Promise<void> };

/** What to start; `pickPort` names a port of 127.0.0.1 to try, anew for each attempt. */
export type PostmasterPlan = {
  site: Site;
  runner: Runner;
  program: string;
  settings: Readonly<Record<string, string>>;
  pickPort?: () => Promise<number>;
};

const maxAttempts = 40;
const attemptPauseMs = 250;
/** Replaying the log after a power cut takes its time; a start longer than this is taken for a failure. */
const startLimitMs = 300_000;
const stopLimitMs = 10_000;
const maxLogBytes = 1_048_576;

/**
 * What may pass by itself: somebody took the port between choosing and binding, or the workers of a killed server
 * have not yet noticed its end.
 */
const passing = /could not create any TCP\/IP sockets|pre-existing shared memory block|is still in use/;

/** Starts the server and waits until it accepts connections; throws `START_FAILED` with its last words. */
export async function startPostmaster(plan: PostmasterPlan): Promise<Postmaster> {
  await turnLogOver(plan.site.log);
  for (let attempt = 1; ; attempt += 1) {
    const port = await (plan.pickPort ?? freePort)();
    const result = await attemptStart(plan, port);
    if (typeof result !== 'string') return result;
    if (attempt >= maxAttempts || !passing.test(result)) throw new EmbeddedError('START_FAILED', result);
    await sleep(attemptPauseMs);
  }
}

async function attemptStart(plan: PostmasterPlan, port: number): Promise<Postmaster | string> {
  const { site, runner, program, settings } = plan;
  const log = await open(site.log, constants.O_APPEND | constants.O_CREAT | constants.O_RDWR, 0o600);
  try {
    const { size } = await log.stat();
    const child = launch(runner, { program, args: serverArguments(site.cluster, port, settings), output: log.fd });
    const exit = exitOf(child).then(async (how) => `${how}: ${await lastWords(site.log, size)}`);
    const stop = () => stopChild(child, exit);
    const failure = await untilReady({ child, port, exit, site });
    if (failure === undefined) return { port, exit, stop };
    await stop();
    return failure;
  } finally {
    await log.close();
  }
}

type Waiting = { child: ChildProcess; port: number; exit: Promise<string>; site: Site };

/**
 * Undefined once the server itself reports in its pid file that it holds this port and accepts connections. Only then
 * may the password be used: whoever else listened on that port could ask for it in plain text.
 */
async function untilReady({ child, port, exit, site }: Waiting): Promise<string | undefined> {
  let ended: string | undefined;
  void exit.then((reason) => (ended = reason));
  const giveUpAt = Date.now() + startLimitMs;
  while (ended === undefined && Date.now() < giveUpAt) {
    const lines = (await readFile(join(site.cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
    const isOurs = lines[0] === String(child.pid) && lines[3] === String(port);
    if (isOurs && lines[7]?.trim() === 'ready') return undefined;
    await sleep(5);
  }
  return ended ?? `not ready after ${startLimitMs} ms`;
}

function exitOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(signal === null ? `exit code ${String(code)}` : `signal ${signal}`));
    child.once('error', (error) => resolve(error.message));
  });
}

/** Fast shutdown: clients are cut off, everything is written. Whoever is stuck is made to go without a last checkpoint. */
async function stopChild(child: ChildProcess, exit: Promise<string>): Promise<void> {
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGQUIT'), stopLimitMs);
  await exit;
  clearTimeout(timer);
}

async function turnLogOver(path: string): Promise<void> {
  const bytes = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (bytes > maxLogBytes) await rename(path, `${path}.old`);
}

/** The last lines written since `offset` bytes, without time and process number. */
async function lastWords(path: string, offset: number): Promise<string> {
  const bytes = await readFile(path).catch(() => Buffer.alloc(0));
  const lines = bytes.subarray(offset).toString('utf8').trim().split('\n').slice(-4);
  return lines.map((line) => line.replace(/^.*? \[\d+\] /, '')).join(' / ');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
