import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { startPostmaster } from '../../server/db/embedded-postmaster.ts';
import { hasEndedWithin, viewProcess } from '../../server/db/embedded-process.ts';
import { launch } from '../../server/db/embedded-runner.ts';
import type { Runner } from '../../server/db/embedded-runner.ts';
import { startEmbedded } from '../../server/db/embedded.ts';
import { aPlace, answers, ask, byHand, limitMs, serverPid } from './embedded-support.ts';

const place = aPlace();

const embeddedModule = fileURLToPath(new URL('../../server/db/embedded.ts', import.meta.url));
const starting = `import { startEmbedded } from ${JSON.stringify(embeddedModule)};
await startEmbedded({ directory: process.env.DIRECTORY, onProgress: (step) => console.log(step) });
console.log('ready');`;
const inWorker = `import { Worker } from 'node:worker_threads';
new Worker(${JSON.stringify(starting)}, { eval: true, type: 'module' });`;

describe('when the parent is killed', () => {
  const ways = { 'from the main thread': starting, 'from a worker thread': inWorker };
  test.each(Object.entries(ways))(
    '%s, no server stays and the next start works',
    { timeout: limitMs },
    async (_, code) => {
      const parent = await aParent(place.directory, { code });
      const pid = await serverPid(place.directory);
      expect(viewProcess(pid)?.parent).toBe(parent.pid);
      await kill(parent);
      expect(await hasEndedWithin(pid, 5_000)).toBe(true);
      const log = await readFile(join(place.directory, 'postgres.log'), 'utf8');
      expect(log.trimEnd()).toMatch(/database system is shut down$/);
      await answers(place.directory);
    },
  );

  test('while the cluster is being made, the next start makes it anew', { timeout: limitMs }, async () => {
    const young = join(place.folder, 'young');
    const parent = await aParent(young, { word: 'initdb' });
    await sleep(250);
    await kill(parent);
    expect((await readdir(young)).filter((name) => name.startsWith('postgres.init-'))).not.toEqual([]);
    const steps: string[] = [];
    const server = await startEmbedded({ directory: young, onProgress: (step) => steps.push(step) });
    expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
    expect(steps).toEqual(['recover', 'initdb', 'start']);
    expect((await readdir(young)).sort()).toEqual(['postgres', 'postgres.log', 'postgres.secret']);
  });
});

describe('what else may be found in the directory', () => {
  test('a living server of another process: refused in both languages', { timeout: limitMs }, async () => {
    const parent = await aParent(place.directory);
    const refused = startEmbedded({ directory: place.directory });
    await expect(refused).rejects.toMatchObject({ code: 'DIRECTORY_IN_USE' });
    await expect(refused).rejects.toThrow(/Thư mục dữ liệu đang được sử dụng.*\n.*data folder is in use/);
    await kill(parent);
    await answers(place.directory);
  });

  test('a server of this very process, or two starts at once: one serves', { timeout: limitMs }, async () => {
    const results = await Promise.allSettled([
      startEmbedded({ directory: place.directory }),
      startEmbedded({ directory: place.directory }),
    ]);
    const servers = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(servers).toHaveLength(1);
    await expect(startEmbedded({ directory: place.directory })).rejects.toMatchObject({ code: 'DIRECTORY_IN_USE' });
    await Promise.all(servers.map((server) => server.stop()));
  });

  test('an orphan of ours is stopped first', { timeout: limitMs }, async () => {
    const { site, runner, program } = await byHand(place.directory);
    const prefix = runner.prefix.filter((word) => word !== '--pdeathsig' && word !== 'INT');
    const unwatched: Runner = { ...runner, watch: 'signal', prefix: prefix.join() === 'setpriv' ? [] : prefix };
    const orphan = await startPostmaster({ site, runner: unwatched, program, settings: {} });
    await answers(place.directory);
    expect(await orphan.exit).toMatch(/^exit code 0/);
  });

  const spellings = {
    'by its whole path': (path: string) => path,
    'by a relative one': (path: string) => path.slice(1),
  };
  test.each(Object.entries(spellings))(
    'a server that somebody else started there %s is left alone',
    { timeout: limitMs },
    async (_, spell) => {
      const { site, runner, program } = await byHand(place.directory);
      const port = 20_000 + Math.floor(Math.random() * 10_000);
      const args = ['-D', spell(site.cluster), '-p', String(port), '-c', 'unix_socket_directories='];
      const foreign = launch(runner, { program, args, output: 'pipe' });
      await new Promise<void>((resolve, reject) => {
        foreign.stderr?.on('data', (chunk) => String(chunk).includes('ready to accept') && resolve());
        foreign.once('exit', reject);
      });
      await expect(startEmbedded({ directory: place.directory })).rejects.toMatchObject({ code: 'DIRECTORY_IN_USE' });
      expect(foreign.exitCode).toBe(null);
      foreign.kill('SIGINT');
      await once(foreign, 'exit');
      await answers(place.directory);
    },
  );

  test('a pid file whose number belongs to a stranger by now', { timeout: limitMs }, async () => {
    const stranger = launch((await byHand(place.directory)).runner, { program: 'sleep', args: ['60'], output: 'pipe' });
    const lines = [
      stranger.pid,
      join(place.directory, 'postgres'),
      1_700_000_000,
      5432,
      '',
      '127.0.0.1',
      '  1 1',
      'ready   ',
    ];
    await writeFile(join(place.directory, 'postgres', 'postmaster.pid'), lines.join('\n'));
    await answers(place.directory);
    expect(stranger.exitCode).toBe(null);
    stranger.kill('SIGKILL');
  });

  test('no password file, or a wrong one: a sentence that says so, and no server', { timeout: limitMs }, async () => {
    const path = join(place.directory, 'postgres.secret');
    const secret = await readFile(path, 'utf8');
    await writeFile(path, `${'x'.repeat(43)}\n`);
    await expect(startEmbedded({ directory: place.directory })).rejects.toMatchObject({ code: 'SECRET_REFUSED' });
    await rm(path);
    await expect(startEmbedded({ directory: place.directory })).rejects.toMatchObject({ code: 'SECRET_MISSING' });
    await writeFile(path, secret, { mode: 0o600 });
    await answers(place.directory);
  });
});

/** A Node process of its own that starts the server in `where`; resolves when it says `word`. */
async function aParent(where: string, { word = 'ready', code = starting } = {}): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    env: { DIRECTORY: where, NODE_NO_WARNINGS: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk) => String(chunk).includes(word) && resolve());
    child.once('exit', (status) => reject(new Error(`the parent ended early: ${String(status)}`)));
  });
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}
