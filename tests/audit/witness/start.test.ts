import { chmod, readFile, rm, stat, symlink, rename, writeFile, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../commands/run.ts';
import { aLog } from './a-log.ts';
import { aFolder, startWitness, type AWitness } from './a-witness.ts';

const log = aLog('log.example/hien');
const PROGRAM = 'commands/witness.command';

let place: Awaited<ReturnType<typeof aFolder>>;
const started: AWitness[] = [];
const start = async (): Promise<AWitness> => {
  const witness = await startWitness(place.folder, [log]);
  started.push(witness);
  return witness;
};
const inFolder = (name: string): string => path.join(place.folder, name);

beforeEach(async () => {
  place = await aFolder();
});

afterEach(async () => {
  for (const witness of started.splice(0)) await witness.kill();
  await place.remove();
});

describe('the key of a witness', () => {
  it('is made at the first start, for its user alone, and stays', async () => {
    const shown = await run(PROGRAM, { args: ['--folder', place.folder, '--name', 'witness.example/mot', '--key'] });
    expect(shown).toMatchObject({ code: 0, err: '' });
    expect(shown.out).toMatch(/^witness\.example\/mot\+[0-9a-f]{8}\+B[A-Za-z0-9+/]{43}\n$/);
    expect((await stat(inFolder('key.json'))).mode & 0o777).toBe(0o600);
    const witness = await start();
    expect(witness.output()).toContain(shown.out.trim());
    const again = await run(PROGRAM, { args: ['--folder', place.folder, '--key'] });
    expect(again.out).toBe(shown.out);
  });

  it('keeps its name, and takes none that no key can have', async () => {
    const args = ['--folder', place.folder, '--key'];
    expect(await run(PROGRAM, { args: [...args, '--name', 'a b'] })).toMatchObject({ code: 2, out: '' });
    await run(PROGRAM, { args: [...args, '--name', 'witness.example/mot'] });
    const renamed = await run(PROGRAM, { args: [...args, '--name', 'witness.example/hai'] });
    expect(renamed).toMatchObject({ code: 2, out: '' });
    expect(renamed.err).toContain('can no longer be changed');
  });

  it('that others can read, that is a link, or that is damaged stops the start and is not quoted', async () => {
    await run(PROGRAM, { args: ['--folder', place.folder, '--key'] });
    const key = await readFile(inFolder('key.json'), 'utf8');
    await chmod(inFolder('key.json'), 0o640);
    await expect(start()).rejects.toThrow('mode 0600');
    await rename(inFolder('key.json'), inFolder('elsewhere.json'));
    await chmod(inFolder('elsewhere.json'), 0o600);
    await symlink(inFolder('elsewhere.json'), inFolder('key.json'));
    await expect(start()).rejects.toThrow('mode 0600');
    await rm(inFolder('key.json'));
    for (const broken of ['', '{', '{"version":2}', key.replace('BEGIN', 'BEGUN'), key.slice(0, -9)]) {
      await writeFile(inFolder('key.json'), broken, { mode: 0o600 });
      const failed = await start().catch((error: unknown) => error);
      expect(String(failed)).toContain('key file is damaged');
      expect(String(failed)).not.toContain('PRIVATE');
    }
  });
});

describe('the record of a witness', () => {
  it('that is lost, or whose key is lost, stops the start: it could sign a second history', async () => {
    const witness = await start();
    await witness.add(await log.requestFor(0, 5));
    await witness.stop();
    await rename(inFolder('record.json'), inFolder('aside'));
    await expect(start()).rejects.toThrow('its record is missing');
    await rename(inFolder('aside'), inFolder('record.json'));
    await rename(inFolder('key.json'), inFolder('aside'));
    await expect(start()).rejects.toThrow('not the key that signed it');
    await rename(inFolder('aside'), inFolder('key.json'));
    expect((await (await start()).add(await log.requestFor(5, 6))).status).toBe(200);
  });

  it('in which anything was changed stops the start', async () => {
    const witness = await start();
    await witness.add(await log.requestFor(0, 5));
    await witness.stop();
    const record = await readFile(inFolder('record.json'), 'utf8');
    const line = /— hien-witness\S+ \S+\\n/.exec(record)?.[0] ?? '';
    const bent = [
      '',
      record.slice(0, -4),
      record.replace('\\n5\\n', '\\n4\\n'),
      record.replace(line, ''),
      record.replace('"version": 1', '"version": 2'),
      record.replace('[', '[7,'),
    ];
    for (const text of bent) {
      expect(text).not.toBe(record);
      await writeFile(inFolder('record.json'), text);
      await expect(start()).rejects.toThrow('record is damaged');
    }
  });

  it('of a first start that was broken off before its key is taken up', async () => {
    await writeFile(inFolder('record.json'), '{"version":1,"checkpoints":[]}');
    expect((await (await start()).add(await log.requestFor(0, 5))).status).toBe(200);
  });
});

describe('a folder', () => {
  it('serves one witness at a time; the first is not disturbed', async () => {
    const first = await start();
    await expect(start()).rejects.toThrow('Another witness is running on this folder');
    expect((await first.add(await log.requestFor(0, 5))).status).toBe(200);
    // Its key can be shown all the same.
    expect((await run(PROGRAM, { args: ['--folder', place.folder, '--key'] })).code).toBe(0);
  });

  it('is free again after a stop and after a kill, and nothing is left of the lock after a stop', async () => {
    expect(await (await start()).stop()).toBe(0);
    expect((await readdir(place.folder)).sort()).toEqual(['key.json', 'record.json']);
    await (await start()).kill();
    expect((await (await start()).add(await log.requestFor(0, 5))).status).toBe(200);
  });

  it('whose lock was taken away from under a witness gets no cosignature from it any more', async () => {
    const robbed = await start();
    await rm(inFolder('lock'));
    const second = await start();
    expect((await robbed.add(await log.requestFor(0, 5)).catch(() => null))?.status).not.toBe(200);
    expect(await robbed.ended).toBe(2);
    expect((await second.add(await log.requestFor(0, 5))).status).toBe(200);
  });

  it('with a path too long for its lock is refused with a sentence', async () => {
    const deep = path.join(place.folder, 'x'.repeat(100));
    await mkdir(deep);
    const { code, err } = await run(PROGRAM, { args: ['--folder', deep, '--key'] });
    expect({ code, isSaid: err.includes('path of the folder is too long') }).toEqual({ code: 2, isSaid: true });
  });
});

describe('the command', () => {
  it('says how it is used when it is used otherwise, in Vietnamese and English', async () => {
    for (const args of [
      [],
      ['--folder', place.folder],
      ['--log', log.vkey],
      ['--folder', place.folder, '--log', log.vkey, '--port', '70000'],
      ['--nonsense'],
    ]) {
      const { code, err } = await run(PROGRAM, { args });
      expect(code).toBe(2);
      expect(err).toMatch(/Cách dùng:[^]*Usage:/);
    }
  });

  it('says that its port is taken, and gives the folder back', async () => {
    const elsewhere = await aFolder();
    const { port } = new URL((await start()).url);
    const args = ['--folder', elsewhere.folder, '--log', log.vkey, '--port', port];
    const { code, err } = await run(PROGRAM, { args });
    expect(code).toBe(2);
    expect(err).toMatch(/Không mở được cổng:[^]*Cannot listen:/);
    expect((await readdir(elsewhere.folder)).sort()).toEqual(['key.json', 'record.json']);
    await elsewhere.remove();
  });

  it('refuses a key of a log that is damaged, and the key of a witness in its place', async () => {
    const witness = await run(PROGRAM, { args: ['--folder', place.folder, '--key'] });
    for (const vkey of [log.vkey.slice(0, -1), witness.out.trim()])
      expect((await run(PROGRAM, { args: ['--folder', place.folder, '--log', vkey] })).code).toBe(2);
  });
});
