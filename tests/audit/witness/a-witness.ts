import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseVkey, type VerifierKey } from '../../../server/audit/tlog/vkey.ts';
import type { ALog } from './a-log.ts';

const COMMAND = fileURLToPath(new URL('../../../server/commands/witness.command.ts', import.meta.url));
const READY = /http:\/\/(127\.0\.0\.1:\d+)/;
const VKEY = /^Khóa \/ Key: (\S+)$/m;

/** The real program in a process of its own. `ended`: its exit code, null after a kill. */
export type AWitness = {
  url: string;
  key: VerifierKey;
  process: ChildProcess;
  ended: Promise<number | null>;
  output(): string;
  /** Posts to `add-checkpoint`. */
  add(body: string | Uint8Array<ArrayBuffer>): Promise<{ status: number; type: string | null; body: string }>;
  kill(): Promise<void>;
  stop(): Promise<number | null>;
};

export async function aFolder(): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hien-witness-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Starts the witness; rejects with what it said when it ends before it listens. */
export async function startWitness(folder: string, logs: readonly ALog[]): Promise<AWitness> {
  const child = spawn(
    process.execPath,
    [COMMAND, '--folder', folder, '--port', '0', ...logs.flatMap(({ vkey }) => ['--log', vkey])],
    { env: { PATH: process.env['PATH'] }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString('utf8');
        if (READY.test(said)) resolve();
      });
  });
  await Promise.race([ready, ended]);
  const address = READY.exec(said)?.[1];
  if (address === undefined) throw new Error(said);
  return witnessOf({ child, ended, url: `http://${address}`, output: () => said });
}

function witnessOf(of: {
  child: ChildProcess;
  ended: Promise<number | null>;
  url: string;
  output: () => string;
}): AWitness {
  const { child, ended, url, output } = of;
  const end = (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    return ended;
  };
  return {
    url,
    key: parseVkey(VKEY.exec(output())?.[1] ?? ''),
    process: child,
    ended,
    output,
    async add(body) {
      const response = await fetch(`${url}/add-checkpoint`, { method: 'POST', body });
      return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
    },
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  };
}
