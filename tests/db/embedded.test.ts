import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { findBinaries } from '../../server/db/embedded-binaries.ts';
import { startPostmaster } from '../../server/db/embedded-postmaster.ts';
import { viewByPs, viewProcess } from '../../server/db/embedded-process.ts';
import { isRoot } from '../../server/db/embedded-site.ts';
import { startEmbedded } from '../../server/db/embedded.ts';
import { aPlace, answers, ask, byHand, limitMs, serverPid } from './embedded-support.ts';

const place = aPlace();

describe('a life of the server', () => {
  test('it answers, keeps its data over a restart, and may be stopped twice', { timeout: limitMs }, async () => {
    const first = await startEmbedded({ directory: place.directory });
    await ask(first, 'create table kept (word text)');
    await ask(first, 'insert into kept values ($1)', ['còn đây']);
    await first.stop();
    await first.stop();
    const steps: string[] = [];
    const second = await startEmbedded({ directory: place.directory, onProgress: (step) => steps.push(step) });
    expect(await ask(second, 'select word from kept')).toEqual([{ word: 'còn đây' }]);
    await ask(second, 'drop table kept');
    await second.stop();
    expect(steps).toEqual(['start']);
  });

  test('only loopback with a password reaches it, and settings may be chosen', { timeout: limitMs }, async () => {
    const server = await startEmbedded({
      directory: place.directory,
      settings: { max_connections: '17', listen_addresses: '*' },
    });
    const [row] = await ask(
      server,
      `select current_setting('max_connections') as most, current_setting('listen_addresses') as listens,
         current_setting('unix_socket_directories') as sockets, current_setting('fsync') as fsync,
         (select rolpassword like 'SCRAM-SHA-256$%' from pg_authid where rolname = 'postgres') as scram,
         (select bool_and(auth_method in ('scram-sha-256', 'reject')) from pg_hba_file_rules) as closed,
         pg_encoding_to_char(encoding) as encoding, datcollate from pg_database where datname = 'postgres'`,
    );
    const wanted = { most: '17', listens: '127.0.0.1', sockets: '', fsync: 'on', scram: true, closed: true };
    expect(row).toMatchObject({ ...wanted, encoding: 'UTF8' });
    const stranger = new pg.Client({ connectionString: server.urlFor('postgres', 'đoán/mò', 'postgres') });
    await expect(stranger.connect()).rejects.toThrow('password authentication failed');
    await server.stop();
    expect((await stat(join(place.directory, 'postgres'))).mode & 0o777).toBe(0o700);
    expect((await stat(join(place.directory, 'postgres.secret'))).mode & 0o777).toBe(0o600);
  });

  test('no value and no statement reaches its log', { timeout: limitMs }, async () => {
    const server = await startEmbedded({ directory: place.directory });
    const canary = 'hoàng-yến-0905000111';
    await ask(server, 'create table bird (word text primary key)');
    await ask(server, 'insert into bird values ($1)', [canary]);
    await expect(ask(server, 'insert into bird values ($1)', [canary])).rejects.toThrow('duplicate key');
    await expect(ask(server, 'select $1::uuid', [canary])).rejects.toThrow(canary);
    await expect(ask(server, `select '${canary}'::int`)).rejects.toThrow(canary);
    await expect(ask(server, `do $$ begin raise warning '${canary}'; raise '${canary}'; end $$`)).rejects.toThrow();
    await ask(server, 'drop table bird');
    await server.stop();
    const log = await readFile(join(place.directory, 'postgres.log'), 'utf8');
    expect(log).toContain('ready to accept connections');
    expect(log).not.toContain(canary);
  });
});

describe('misfortunes', () => {
  test('a server that ends unasked says so, and starts again', { timeout: limitMs }, async () => {
    const server = await startEmbedded({ directory: place.directory });
    await ask(server, 'create table survives ()');
    const busy = ask(server, 'select pg_sleep(3)').catch(() => undefined);
    await sleep(200);
    process.kill(await serverPid(place.directory), 'SIGKILL');
    expect(await server.ended).toContain('SIGKILL');
    const next = await startEmbedded({ directory: place.directory });
    await ask(next, 'drop table survives');
    await next.stop();
    await busy;
  });

  test('a port taken in between: another one is tried', { timeout: limitMs }, async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const address = squatter.address();
    const taken = typeof address === 'object' && address !== null ? address.port : 0;
    const ports = [taken, taken];
    const pickPort = async () => ports.pop() ?? 20_000 + Math.floor(Math.random() * 10_000);
    const server = await startPostmaster({ ...(await byHand(place.directory)), settings: {}, pickPort });
    expect(server.port).not.toBe(taken);
    await server.stop();
    squatter.close();
  });

  test('a setting that PostgreSQL refuses: its words, and a free directory', { timeout: limitMs }, async () => {
    const settings = { shared_buffers: 'nhiều' };
    await expect(startEmbedded({ directory: place.directory, settings })).rejects.toThrow(
      /START_FAILED.*shared_buffers/s,
    );
    await answers(place.directory);
  });

  test('a platform without programs is named', () => {
    expect(() => findBinaries('plan9-mips')).toThrow(/DATABASE_URL.*plan9-mips/s);
  });

  test.runIf(isRoot())(
    'root behind closed doors: serves all the same, or says why not',
    { timeout: limitMs },
    async () => {
      const closed = join(place.folder, 'closed');
      await mkdir(closed, { mode: 0o700 });
      try {
        await answers(join(closed, 'data'));
      } catch (error) {
        expect(error).toMatchObject({ code: 'NO_ACCOUNT' });
      }
    },
  );

  test.runIf(existsSync('/bin/ps'))('ps tells the same of a process as /proc', () => {
    expect(viewByPs(process.pid)?.parent).toBe(process.ppid);
    expect(viewProcess(process.pid)?.parent).toBe(process.ppid);
    expect(viewByPs(2_147_483_646)).toBe(undefined);
    expect(viewProcess(2_147_483_646)).toBe(undefined);
  });
});
