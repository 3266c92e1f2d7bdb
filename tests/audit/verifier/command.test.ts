import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { aFolder, checkpointOf, exportOf, someSigners, vkeysOf } from './log-folder.ts';
import { someEntries } from './some-events.ts';

const COMMAND = path.resolve('server/audit/verifier/verify.command.ts');
const signers = someSigners();
const { log, witnesses } = vkeysOf(signers);
const entries = someEntries(600);
const folder = aFolder();
const other = aFolder();
afterAll(() => [folder, other].forEach((each) => each.remove()));

/** Runs the command in a folder where nothing of the system is, with an environment that holds nothing. */
async function run(...args: string[]): Promise<{ code: number; output: string }> {
  const done = await promisify(execFile)(process.execPath, [COMMAND, ...args], { cwd: other.place, env: {} }).catch(
    (error: unknown) => error as { code: number; stdout: string; stderr: string },
  );
  return { code: 'code' in done ? done.code : 0, output: `${done.stdout}${done.stderr}` };
}

const asked = ['--vkey', log, ...witnesses.flatMap((vkey) => ['--witness', vkey])];

it('says what it verified, in both languages, and ends with 0', async () => {
  folder.put(exportOf(signers, entries));
  const known = path.join(other.place, 'older');
  writeFileSync(known, checkpointOf(signers, entries.slice(0, 300)));
  const { code, output } = await run(folder.place, ...asked, '--quorum', '3', '--known', known);
  expect(output).toContain('✓ Đúng / Everything holds. Mục đã kiểm / Entries verified: 0…599, cây / tree: 600');
  expect(output).toContain('[####################] 600/600');
  expect(output).toContain('witness.example/c 2026-11-18T11:06:40.000Z');
  expect(code).toBe(0);
});

it('says nothing but the verdict when it is to be quiet', async () => {
  const { output } = await run(folder.place, '--vkey', log, '--quiet');
  expect(output.split('\n').map((line) => line.slice(0, 1))).toEqual(['✓', ' ', ' ', '']);
});

it('names what is wrong and where, and ends with 1', async () => {
  const files = exportOf(signers, [...entries.slice(0, 77), Buffer.from('{}'), ...entries.slice(78)]);
  folder.put(
    new Map(
      [...exportOf(signers, entries)].map(([name, bytes]) => [
        name,
        name.startsWith('tile/entries') ? (files.get(name) ?? bytes) : bytes,
      ]),
    ),
  );
  const { code, output } = await run(folder.place, ...asked);
  expect(output).toContain('✗ [77] mục không khớp với lá của nó / the entry does not match its leaf tile/entries/000');
  expect(output).toContain('✗ Có nghi vấn / In doubt: 1. Mục sai đầu tiên / First bad index: 77');
  expect(code).toBe(1);
});

it('does not follow links, and what a file is called does not steer the terminal', async () => {
  folder.put(exportOf(signers, entries));
  await symlink('/etc/hostname', path.join(folder.place, 'tile', 'link'));
  writeFileSync(path.join(folder.place, 'a\u001B[2Jb'), '');
  const { code, output } = await run(folder.place, ...asked, '--quiet');
  expect(output).toContain('tile/link');
  expect(output).toContain('a [2Jb');
  expect(output).not.toContain('\u001B');
  expect(code).toBe(1);
});

it('ends with 1 for a folder that holds nothing, and with 2 and its usage when it is used wrongly', async () => {
  const empty = path.join(other.place, 'empty');
  await mkdir(empty);
  expect((await run(empty, ...asked)).code).toBe(1);
  const wrong = [
    [],
    [folder.place],
    [folder.place, '--vkey', witnesses[0] ?? ''],
    [folder.place, '--vkey', log, '--witness', log],
    [folder.place, ...asked, '--quorum', '4'],
    [folder.place, ...asked, '--quorum', 'two'],
    [folder.place, ...asked, '--witness', witnesses[0] ?? ''],
    [folder.place, ...asked, '--known', '/nowhere'],
    [folder.place, ...asked, '--unknown'],
    ['/nowhere', ...asked],
    [folder.place, folder.place, ...asked],
  ];
  for (const args of wrong) {
    const { code, output } = await run(...args);
    expect(output, args.join(' ')).toContain('Cách dùng / Usage');
    expect(code, args.join(' ')).toBe(2);
  }
});
