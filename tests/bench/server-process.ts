import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Options } from './options.ts';
import type { Stage } from './stage.ts';

export type Usage = { cpuMs: number; peakKb: number };

/** The system as one process of its own, exactly as it runs in production. */
export type ServerProcess = {
  port: number;
  /** Milliseconds from the start of the process to the first 200 of `/readyz`. */
  readyMs: number;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
};

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
const PACKAGE = new URL('../../package.json', import.meta.url);
const HOOK = new URL('answer-usage.ts', import.meta.url).href;
const LONGEST_START_MS = 60_000;

export type Start = Pick<Options, 'profile' | 'node'>;

export async function startServer(stage: Stage, start: Start): Promise<ServerProcess> {
  const port = await freePort();
  const log = openSync(path.join(stage.folder, 'server.log'), 'a');
  const startedAt = performance.now();
  const options = [...(start.node?.split(' ') ?? optionsOfStart()), ...profiling(start.profile)];
  const child = spawn(process.execPath, [...options, '--import', HOOK, MAIN], {
    env: environment(stage, port),
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  const exit = once(child, 'exit');
  await untilReady(child, port);
  return {
    port,
    readyMs: performance.now() - startedAt,
    usage: () => askUsage(child),
    async stop() {
      child.kill('SIGTERM');
      await exit;
    },
  };
}

/** Node's options as `npm start` has them: limits of memory are part of what is measured. */
function optionsOfStart(): string[] {
  return /node ((?:--\S+ )+)server\/main\.ts/.exec(startScript())?.[1]?.trim().split(' ') ?? [];
}

function startScript(): string {
  return (JSON.parse(readFileSync(PACKAGE, 'utf8')) as { scripts: { start: string } }).scripts.start;
}

function profiling(folder: string | undefined): string[] {
  return folder === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', folder];
}

function environment(stage: Stage, port: number): NodeJS.ProcessEnv {
  const { app, auditor, sequencer } = stage.database.urls;
  return {
    PATH: process.env['PATH'],
    MALLOC_ARENA_MAX: /MALLOC_ARENA_MAX=(\d+)/.exec(startScript())?.[1],
    HIEN_DATA: stage.folder,
    DATABASE_URL: app,
    DATABASE_AUDITOR_URL: auditor,
    DATABASE_SEQUENCER_URL: sequencer,
    PORT: String(port),
  };
}

async function untilReady(child: ChildProcess, port: number): Promise<void> {
  const deadline = performance.now() + LONGEST_START_MS;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.status === 200) return;
    await pause(20);
  }
  child.kill('SIGKILL');
  throw new Error('the server did not become ready');
}

async function askUsage(child: ChildProcess): Promise<Usage> {
  const answered = once(child, 'message');
  child.send('usage');
  const [usage] = (await answered) as [Usage];
  return usage;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
