import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { aLog, type ALog } from './a-log.ts';
import { aFolder, startWitness, type AWitness } from './a-witness.ts';

const ROUNDS = 18;

/** What a witness has cosigned: the roots it stands for, by log and size. */
type Cosigned = Map<string, Set<string>>;

async function submit(
  witness: AWitness,
  cosigned: Cosigned,
  { log, from, to }: { log: ALog; from: number; to: number },
) {
  const reply = await witness.add(await log.requestFor(from, to)).catch(() => null);
  if (reply?.status !== 200) return reply?.status ?? null;
  const place = `${log.origin} ${to}`;
  cosigned.set(place, (cosigned.get(place) ?? new Set()).add(log.rootAt(to).toString('hex')));
  return 200;
}

describe('a witness that is killed', () => {
  it('at any moment, with two faces of a log knocking at once, has never cosigned both', async () => {
    const { folder, remove } = await aFolder();
    const logs = Array.from({ length: ROUNDS }, (_, round) => aLog(`log.example/${round}`));
    const cosigned: Cosigned = new Map();
    let answered = 0;
    try {
      let witness = await startWitness(folder, logs);
      for (const [round, log] of logs.entries()) {
        const faces = [log, log.face('forged', 0)];
        const first = faces.map((face) => submit(witness, cosigned, { log: face, from: 0, to: 1 }));
        // Each round a little later: before the request, within the writing, after the answer.
        await sleep(round);
        await witness.kill();
        if ((await Promise.all(first)).includes(200)) answered += 1;
        witness = await startWitness(folder, logs);
        for (const face of faces.toReversed()) await submit(witness, cosigned, { log: face, from: 0, to: 1 });
      }
      await witness.kill();
      expect([...cosigned.values()].map((roots) => roots.size)).toEqual(new Array<number>(cosigned.size).fill(1));
      // Kills fell on both sides of the answer, or the test would show nothing.
      expect(answered).toBeGreaterThan(0);
      expect(answered).toBeLessThan(ROUNDS);
    } finally {
      await remove();
    }
  });

  it('goes on from what it has acknowledged, however often, and knows no fork of it', async () => {
    const { folder, remove } = await aFolder();
    const log = aLog('log.example/hien');
    const cosigned: Cosigned = new Map();
    try {
      for (let size = 1; size <= 6; size += 1) {
        const witness = await startWitness(folder, [log]);
        expect(await submit(witness, cosigned, { log, from: size - 1, to: size })).toBe(200);
        await witness.kill();
        const again = await startWitness(folder, [log]);
        expect(await submit(again, cosigned, { log: log.face('forged', size - 1), from: size, to: size })).toBe(422);
        expect(await submit(again, cosigned, { log: log.face('forged', 0), from: size, to: size + 1 })).toBe(422);
        await again.kill();
      }
    } finally {
      await remove();
    }
  });

  it('before the record was in its place finds the old one, and the draft does not disturb it', async () => {
    const { folder, remove } = await aFolder();
    const log = aLog('log.example/hien');
    const cosigned: Cosigned = new Map();
    try {
      const witness = await startWitness(folder, [log]);
      expect(await submit(witness, cosigned, { log, from: 0, to: 3 })).toBe(200);
      await witness.kill();
      const record = await readFile(path.join(folder, 'record.json'), 'utf8');
      await writeFile(path.join(folder, 'record.json.new'), record.slice(0, 40));
      const again = await startWitness(folder, [log]);
      expect(await submit(again, cosigned, { log: log.face('forged', 0), from: 0, to: 3 })).toBe(409);
      expect(await submit(again, cosigned, { log, from: 3, to: 4 })).toBe(200);
      await again.kill();
    } finally {
      await remove();
    }
  });
});

describe('a witness that cannot write its record', () => {
  it('gives no cosignature and ends', async () => {
    const { folder, remove } = await aFolder();
    const log = aLog('log.example/hien');
    const cosigned: Cosigned = new Map();
    try {
      const witness = await startWitness(folder, [log]);
      // Nothing is moved into the place of a folder with something in it.
      await rm(path.join(folder, 'record.json'));
      await mkdir(path.join(folder, 'record.json', 'full'), { recursive: true });
      expect(await submit(witness, cosigned, { log, from: 0, to: 3 })).not.toBe(200);
      expect(await witness.ended).toBe(2);
      expect(cosigned.size).toBe(0);
    } finally {
      await remove();
    }
  });
});
