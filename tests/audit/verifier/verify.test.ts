import { afterAll, describe, expect, it } from 'vitest';
import { tilePath } from '../../../server/audit/tlog/tiles.ts';
import { aFolder, checkpointOf, exportOf, someSigners, treeFiles, verified, vkeysOf } from './log-folder.ts';
import { someEntries } from './some-events.ts';

const signers = someSigners();
const all = someEntries(66_000);
const folder = aFolder();
afterAll(() => folder.remove());

function put(size: number, from = signers): void {
  folder.put(exportOf(from, all.slice(0, size)));
}

describe('a log that nobody touched', () => {
  it.each([0, 1, 2, 255, 256, 257, 511, 512, 513, 1000, 65_535, 65_536, 66_000])('holds with %i entries', (size) => {
    put(size);
    const { codes, entries, checkpoint, cosigned } = verified(folder.place, signers);
    expect({ codes, entries, size: checkpoint?.size, witnesses: cosigned.length }).toEqual({
      codes: [],
      entries: { from: 0, to: size },
      size,
      witnesses: 3,
    });
  });

  it('continues each of its older checkpoints', () => {
    put(1500);
    const known = [0, 1, 2, 100, 255, 256, 257, 511, 512, 700, 1024, 1499, 1500].map((size) =>
      checkpointOf(signers, all.slice(0, size)),
    );
    expect(verified(folder.place, signers, { known }).codes).toEqual([]);
  });
});

describe('an older checkpoint that the auditor kept', () => {
  it('shows that an older state was put back, though that state holds by itself', () => {
    put(700);
    expect(verified(folder.place, signers).codes).toEqual([]);
    const known = [checkpointOf(signers, all.slice(0, 701))];
    expect(verified(folder.place, signers, { known }).codes).toEqual(['SMALLER']);
  });

  it('shows a fork that the log’s true key signed: larger, smaller by nothing, and equal in size', () => {
    const fork = [...all.slice(0, 300), ...all.slice(301, 800)];
    folder.put(exportOf(signers, fork));
    for (const size of [301, 512, 799]) {
      const { codes, doubts } = verified(folder.place, signers, { known: [checkpointOf(signers, all.slice(0, size))] });
      expect(codes).toContain('INCONSISTENT');
      expect(codes).not.toContain('ROOT');
      expect(doubts.list.find(({ code }) => code === 'INCONSISTENT')?.span).toEqual({ from: 0, to: size });
    }
    const before = verified(folder.place, signers, { known: [checkpointOf(signers, all.slice(0, 300))] });
    expect(before.codes, 'up to where they part both are one').not.toContain('INCONSISTENT');
  });

  it('counts for nothing when another signed it, or when it is no checkpoint', () => {
    put(300);
    const other = someSigners();
    expect(verified(folder.place, signers, { known: [checkpointOf(other, all.slice(0, 300))] }).codes).toEqual([
      'SIGNATURE_MISSING',
    ]);
    expect(verified(folder.place, signers, { known: [Buffer.from('x')] }).codes).toEqual(['MALFORMED']);
    const elsewhere = someSigners('log.example/other');
    expect(verified(folder.place, signers, { known: [checkpointOf(elsewhere, all)] }).codes).toContain('MALFORMED');
  });
});

describe('witnesses', () => {
  const some = exportOf({ ...signers, witnesses: signers.witnesses.slice(0, 2) }, all.slice(0, 300));

  it('of whom enough signed make a quorum; who did not is not missed', () => {
    folder.put(some);
    expect(verified(folder.place, signers, { quorum: 2 }).codes).toEqual([]);
  });

  it('fewer than asked for are a doubt', () => {
    folder.put(some);
    expect(verified(folder.place, signers, { quorum: 3 }).codes).toEqual(['QUORUM']);
  });

  it('that nobody knows count for nothing, and one false line of a known one spoils the checkpoint', () => {
    const impostors = someSigners().witnesses.map(({ key }, nth) => ({ key, name: `witness.example/${'xyz'[nth]}` }));
    folder.put(exportOf({ ...signers, witnesses: impostors }, all.slice(0, 300)));
    expect(verified(folder.place, signers, { quorum: 1 }).codes).toEqual(['QUORUM']);
    const text = checkpointOf({ ...signers, witnesses: [] }, all.slice(0, 300)).toString();
    const older = checkpointOf(signers, all.slice(0, 200)).toString().split('\n');
    const replayed = older.find((line) => line.includes('witness.example/a')) ?? '';
    folder.put(exportOf(signers, all.slice(0, 300)).set('checkpoint', Buffer.from(`${text}${replayed}\n`)));
    expect(verified(folder.place, signers, { quorum: 0 }).codes).toEqual(['SIGNATURE_BAD']);
  });

  it('whom nobody asked for are mentioned', () => {
    put(300);
    expect(verified(folder.place, signers, { witnesses: [] }).remarks).toEqual(['NO_WITNESS']);
  });
});

describe('a part of a log', () => {
  const size = 66_000;
  const [from, to] = [512, 1024];
  const part = new Map(
    [...exportOf(signers, all)].filter(([path]) => {
      const [, level, place = ''] = /^tile\/(entries|0)\/(.*)$/.exec(path) ?? [];
      const index = Number(place.replace(/\.p.*/, '').replaceAll(/[x/]/g, ''));
      const isRightEdge = level === '0' && place.includes('.p/');
      return level === undefined || isRightEdge || (index >= from / 256 && index < to / 256);
    }),
  );
  const claim = { first: from, from: '2026-11-02', last: to - 1, origin: signers.origin, size, to: null };
  part.set('export.json', Buffer.from(`${JSON.stringify(claim)}\n`));

  it('is held against the root, and what was verified is said truthfully', () => {
    folder.put(part);
    const { codes, entries, remarks, doubts } = verified(folder.place, signers);
    expect({ codes, entries, remarks }).toEqual({ codes: [], entries: { from, to }, remarks: ['PART'] });
    expect(doubts.remarks[0]?.detail).toBe('512 / 66000');
  });

  it('that claims more than it holds, or holds more than it claims, is in doubt', () => {
    const more = Buffer.from(JSON.stringify({ ...claim, last: to + 255 }));
    folder.put(new Map(part).set('export.json', more));
    expect(verified(folder.place, signers).doubts.first).toEqual({ from: to, to: to + 256 });
    const less = Buffer.from(JSON.stringify({ ...claim, last: to - 257 }));
    folder.put(new Map(part).set('export.json', less));
    expect(verified(folder.place, signers).codes).toEqual(['LEFTOVER']);
    for (const odd of ['{}', '[]', '{"first":5,"last":600}', '{"first":512,"last":99999999}', 'x'.repeat(300_000)]) {
      folder.put(new Map(part).set('export.json', Buffer.from(odd)));
      expect(verified(folder.place, signers).codes, odd.slice(0, 40)).toContain('MISSING_FILE');
    }
  });

  it('in which a hash far above the entries was changed names the reach of that hash', () => {
    const path = tilePath({ level: 1, index: 0, width: 256 });
    const tile = Buffer.from(part.get(path) ?? '');
    tile[3 * 32] = (tile[3 * 32] ?? 0) ^ 1;
    folder.put(new Map(part).set(path, tile));
    const { codes, doubts } = verified(folder.place, signers);
    expect({ codes, first: doubts.first }).toEqual({ codes: ['TILE'], first: { from: 768, to: 1024 } });
  });

  it('whose upper tiles were all made anew over another entry is betrayed by the root', () => {
    const forged = treeFiles(all.map((entry, index) => (index === 40_000 ? Buffer.from('{}') : entry)));
    folder.put(new Map([...part].map(([path, bytes]) => [path, forged.get(path) ?? bytes])));
    const { codes, doubts } = verified(folder.place, signers);
    expect({ codes, first: doubts.first }).toEqual({ codes: ['ROOT'], first: { from: 0, to: size } });
  });
});

it('the keys of log and witness are not taken for one another', () => {
  const { log, witnesses } = vkeysOf(signers);
  expect(() => verified(folder.place, signers, { witnesses: [log] })).toThrow('vkey');
  expect(() => verified(folder.place, signers, { witnesses: [`${witnesses[0]}A`] })).toThrow('vkey');
});
