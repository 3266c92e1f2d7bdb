import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export type Account = { username: string; password: string; role: string; agency: string };
export type System = {
  url: string;
  folder: string;
  accountOf(username: string): Account;
  log(): string;
  stop(): Promise<void>;
};

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const START_MS = 150_000;

/** The whole system as a new user starts it: `server/main.ts` on an empty data folder, demonstration and all. */
export async function startSystem(): Promise<System> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hien-e2e-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { ...process.env, HIEN_DATA: folder, PORT: String(port), NODE_ENV: 'production' };
  const child = spawn(process.execPath, [path.join(ROOT, 'server/main.ts')], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => lines.push(chunk.toString('utf8')));
  await ready(url, child, lines);
  const accounts = JSON.parse(await readFile(path.join(folder, 'demo-accounts.json'), 'utf8')) as Account[];
  return {
    url,
    folder,
    log: () => lines.join(''),
    accountOf(username) {
      const account = accounts.find((each) => each.username === username);
      if (account === undefined) throw new Error(`no demonstration account ${username}`);
      return account;
    },
    async stop() {
      await ended(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function ready(url: string, child: ChildProcess, lines: readonly string[]): Promise<void> {
  const until = Date.now() + START_MS;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`the system ended at its start:\n${lines.join('')}`);
    const isReady = await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isReady) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  child.kill('SIGKILL');
  throw new Error(`the system was not ready in time:\n${lines.join('')}`);
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 15_000).unref();
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

export const CHROMIUM = '/usr/bin/chromium';

/** Loud where the browser is missing; in CI that is a failure and not a skip. */
export function hasChromium(): boolean {
  if (existsSync(CHROMIUM)) return true;
  if (process.env['CI'] === 'true') throw new Error('CI without Chromium: .ci/run installs it');
  console.warn(
    '\n!! KHÔNG CHẠY kiểm thử trình duyệt / BROWSER TESTS SKIPPED: Debian’s chromium is missing (apt-get install chromium)\n',
  );
  return false;
}
