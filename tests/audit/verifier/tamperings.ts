import type { Span } from '../../../server/audit/verifier/doubts.ts';
import type { Code } from '../../../server/audit/verifier/words.ts';
import { encodeBundle } from '../../../server/audit/tlog/entry-bundle.ts';
import { leafHash } from '../../../server/audit/tlog/merkle.ts';
import { TILE_WIDTH, tilePath } from '../../../server/audit/tlog/tiles.ts';
import { aForgery, checkpointOf, treeFiles, type Files, type Signers } from './log-folder.ts';

export type Log = { signers: Signers; entries: readonly Buffer[]; files: Files };
/** A tampered export: what must be said of it, and where it begins where the tree itself shows it. */
export type Tampered = { files: Files; code: Code; first?: Span | null };
/** Numbers to draw places from; each tampering takes what it needs of them. */
export type Draw = { a: number; b: number; byte: number; flip: number };

const at = (index: number): Span => ({ from: index, to: index + 1 });
const HASH = 32;

export function widthAt(size: number, level: number, index: number): number {
  return Math.min(TILE_WIDTH, Math.floor(size / TILE_WIDTH ** level) - index * TILE_WIDTH);
}

export function bundlePath(size: number, index: number): string {
  return tilePath({ level: 'entries', index, width: widthAt(size, 0, index) });
}

export function leafTilePath(size: number, index: number): string {
  return tilePath({ level: 0, index, width: widthAt(size, 0, index) });
}

function changed(files: Files, ...changes: readonly (readonly [string, Buffer | null])[]): Files {
  const next = new Map(files);
  for (const [path, bytes] of changes) if (bytes === null || !next.set(path, bytes)) next.delete(path);
  return next;
}

function flipped(bytes: Buffer, place: number, flip: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[place] = (copy[place] ?? 0) ^ (1 + (flip % 255));
  return copy;
}

function bundleOf(log: Log, index: number, entries: readonly Buffer[]): readonly [string, Buffer] {
  return [bundlePath(log.entries.length, index), encodeBundle(entries)];
}

function entriesOf(log: Log, index: number): Buffer[] {
  return log.entries.slice(index * TILE_WIDTH, (index + 1) * TILE_WIDTH);
}

function fileOf(log: Log, path: string): Buffer {
  const bytes = log.files.get(path);
  if (bytes === undefined) throw new Error(`no ${path}`);
  return bytes;
}

/** Everything of one tile where it is full and so has a parent; else what the root alone can tell: anywhere. */
function tileSpan(log: Log, index: number): { code: Code; first: Span } {
  const size = log.entries.length;
  const isFull = widthAt(size, 0, index) === TILE_WIDTH;
  if (!isFull) return { code: 'ROOT', first: { from: 0, to: size } };
  return { code: 'TILE', first: { from: index * TILE_WIDTH, to: (index + 1) * TILE_WIDTH } };
}

type Tampering = (log: Log, draw: Draw) => Tampered;

function place(log: Log, a: number) {
  const index = a % log.entries.length;
  const bundle = Math.floor(index / TILE_WIDTH);
  return { index, bundle, nth: index % TILE_WIDTH };
}

const editEntry: Tampering = (log, { a, byte, flip }) => {
  const { index, bundle, nth } = place(log, a);
  const entries = entriesOf(log, bundle);
  const entry = entries[nth] ?? Buffer.alloc(1);
  entries[nth] = flipped(entry, byte % entry.length, flip);
  return { files: changed(log.files, bundleOf(log, bundle, entries)), code: 'ENTRY', first: at(index) };
};

const deleteEntry: Tampering = (log, { a }) => {
  const { index, bundle, nth } = place(log, a);
  const entries = entriesOf(log, bundle);
  entries.splice(nth, 1);
  const isLast = nth === entries.length;
  return {
    files: changed(log.files, bundleOf(log, bundle, entries)),
    code: isLast ? 'TOO_SHORT' : 'ENTRY',
    first: at(index),
  };
};

const insertEntry: Tampering = (log, { a, b }) => {
  const { index, bundle, nth } = place(log, a);
  const entries = entriesOf(log, bundle);
  const forged = log.entries[(index + 1 + (b % 7)) % log.entries.length] ?? Buffer.from('{}');
  entries.splice(nth, 0, Buffer.concat([forged.subarray(0, -1), Buffer.from(' }')]));
  const bytes = Buffer.concat([
    encodeBundle(entries.slice(0, TILE_WIDTH)),
    ...entries.slice(TILE_WIDTH).map((one) => encodeBundle([one])),
  ]);
  return {
    files: changed(log.files, [bundlePath(log.entries.length, bundle), bytes]),
    code: 'ENTRY',
    first: at(index),
  };
};

const swapEntries: Tampering = (log, { a, b }) => {
  const [low, high] = distinct(a, b, log.entries.length);
  const all = [...log.entries];
  [all[low], all[high]] = [all[high] ?? Buffer.alloc(0), all[low] ?? Buffer.alloc(0)];
  return { files: changed(log.files, ...rebundled(log, all)), code: 'ENTRY', first: at(low) };
};

const rotateEntries: Tampering = (log, { a, b }) => {
  const [low, high] = distinct(a, b, log.entries.length);
  const all = [...log.entries];
  const [moved = Buffer.alloc(0)] = all.splice(high, 1);
  all.splice(low, 0, moved);
  return { files: changed(log.files, ...rebundled(log, all)), code: 'ENTRY', first: at(low) };
};

function distinct(a: number, b: number, size: number): [number, number] {
  const low = a % (size - 1);
  return [low, low + 1 + (b % (size - 1 - low))];
}

function rebundled(log: Log, all: readonly Buffer[]): (readonly [string, Buffer])[] {
  const count = Math.ceil(all.length / TILE_WIDTH);
  return Array.from({ length: count }, (_, index) =>
    bundleOf(log, index, all.slice(index * TILE_WIDTH, (index + 1) * TILE_WIDTH)),
  );
}

const truncateBundle: Tampering = (log, { a, byte }) => {
  const { bundle } = place(log, a);
  const path = bundlePath(log.entries.length, bundle);
  const whole = fileOf(log, path);
  const entries = entriesOf(log, bundle);
  const length = entries.length * 2 + (byte % (whole.length - entries.length * 2));
  let end = 0;
  const nth = entries.findIndex((entry) => (end += 2 + entry.length) > length);
  return {
    files: changed(log.files, [path, whole.subarray(0, length)]),
    code: 'TOO_SHORT',
    first: at(bundle * TILE_WIDTH + nth),
  };
};

const cutTail: Tampering = (log, { a }) => {
  const size = log.entries.length;
  const from = a % Math.ceil(size / TILE_WIDTH);
  const gone = Array.from(
    { length: Math.ceil(size / TILE_WIDTH) - from },
    (_, nth) => [bundlePath(size, from + nth), null] as const,
  );
  const first = { from: from * TILE_WIDTH, to: Math.min(size, (from + 1) * TILE_WIDTH) };
  return { files: changed(log.files, ...gone), code: 'MISSING_FILE', first };
};

const swapBundles: Tampering = (log, { a, b }) => swapFiles(log, 'entries', [a, b]);
const swapTiles: Tampering = (log, { a, b }) => swapFiles(log, 0, [a, b]);

function swapFiles(log: Log, level: 'entries' | 0, [a, b]: [number, number]): Tampered {
  const [low, high] = distinct(a, b, Math.floor(log.entries.length / TILE_WIDTH));
  const [one, other] = [low, high].map((index) => tilePath({ level, index, width: TILE_WIDTH })) as [string, string];
  const files = changed(log.files, [one, fileOf(log, other)], [other, fileOf(log, one)]);
  return { files, code: 'ENTRY', first: at(low * TILE_WIDTH) };
}

const editLeafHash: Tampering = (log, { a, byte, flip }) => {
  const { index, bundle, nth } = place(log, a);
  const path = leafTilePath(log.entries.length, bundle);
  const bytes = flipped(fileOf(log, path), nth * HASH + (byte % HASH), flip);
  return { files: changed(log.files, [path, bytes]), code: 'ENTRY', first: at(index) };
};

const editUpperHash: Tampering = (log, { a, byte, flip }) => {
  const width = widthAt(log.entries.length, 1, 0);
  const path = tilePath({ level: 1, index: 0, width });
  const index = a % width;
  const bytes = flipped(fileOf(log, path), index * HASH + (byte % HASH), flip);
  return { files: changed(log.files, [path, bytes]), code: 'TILE', first: tileSpan(log, index).first };
};

/** The entry and its leaf fit one another; only the parent, or the root, can tell. */
const editEntryAndLeaf: Tampering = (log, { a, byte, flip }) => {
  const { bundle, nth } = place(log, a);
  const entries = entriesOf(log, bundle);
  const entry = entries[nth] ?? Buffer.alloc(1);
  entries[nth] = flipped(entry, byte % entry.length, flip);
  const path = leafTilePath(log.entries.length, bundle);
  const tile = Buffer.from(fileOf(log, path));
  leafHash(entries[nth] ?? entry).copy(tile, nth * HASH);
  return { files: changed(log.files, bundleOf(log, bundle, entries), [path, tile]), ...tileSpan(log, bundle) };
};

/** The whole tree is made anew over an edited, a deleted or a swapped entry, but nobody signs it. */
const remakeTree: Tampering = (log, draw) => {
  const files = new Map([...log.files, ...treeFiles(retold(log, draw))]);
  return { files, code: 'ROOT', first: { from: 0, to: log.entries.length } };
};

function retold(log: Log, { a, b, byte, flip }: Draw): Buffer[] {
  const { index } = place(log, a);
  const all = [...log.entries];
  const entry = all[index] ?? Buffer.alloc(1);
  if (b % 2 === 0) all[index] = flipped(entry, byte % entry.length, flip);
  else all.splice(index, 1, all[index === 0 ? 1 : index - 1] ?? entry);
  return all;
}

/** The same with a checkpoint over the new root that bears the old signatures, or those of another key. */
const remakeUnsigned: Tampering = (log, draw) => {
  const all = retold(log, draw);
  const forged = aForgery(checkpointOf(log.signers, all), fileOf(log, 'checkpoint'));
  return {
    files: new Map([...log.files, ...treeFiles(all), ['checkpoint', forged]]),
    code: 'SIGNATURE_BAD',
  };
};

const resign =
  (other: Signers): Tampering =>
  (log, draw) => {
    const all = draw.b % 3 === 0 ? [...log.entries] : retold(log, draw);
    const files = new Map([...log.files, ...treeFiles(all), ['checkpoint', checkpointOf(other, all)]]);
    return { files, code: 'SIGNATURE_MISSING' };
  };

const editCheckpoint: Tampering = (log, { byte, flip }) => {
  const bytes = fileOf(log, 'checkpoint');
  // Whatever else is said of it, the signatures no longer fit, or it is no checkpoint at all.
  return {
    files: changed(log.files, ['checkpoint', flipped(bytes, byte % bytes.length, flip)]),
    code: 'SIGNATURE_BAD',
  };
};

const removeFile: Tampering = (log, { a }) => {
  const paths = [...log.files.keys()].filter((path) => path.startsWith('tile/')).toSorted();
  const path = paths[a % paths.length] ?? '';
  const [, level, index] = /^tile\/(\w+)\/(\d+)/.exec(path) ?? [];
  const reach = level === 'entries' ? TILE_WIDTH : TILE_WIDTH ** (Number(level) + 1);
  const first = { from: Number(index) * reach, to: Math.min((Number(index) + 1) * reach, log.entries.length) };
  return { files: changed(log.files, [path, null]), code: 'MISSING_FILE', first };
};

const addBytes: Tampering = (log, { a, byte }) => {
  const { bundle } = place(log, a);
  const path = bundlePath(log.entries.length, bundle);
  const bytes = Buffer.concat([fileOf(log, path), Buffer.alloc(1 + (byte % 40), byte)]);
  const last = Math.min((bundle + 1) * TILE_WIDTH, log.entries.length) - 1;
  return { files: changed(log.files, [path, bytes]), code: 'EXTRA_BYTES', first: at(last) };
};

const addFile: Tampering = (log, { a, byte }) => {
  const size = log.entries.length;
  const beyond = Math.ceil(size / TILE_WIDTH) + (a % 5);
  const paths = [
    'note.txt',
    `tile/entries/00${beyond}`,
    `tile/0/00${beyond}`,
    'tile/1/001',
    'tile/0/000.p/9',
    'tile/entries/000.p/1',
  ];
  return {
    files: changed(log.files, [paths[byte % paths.length] ?? '', Buffer.from('left')]),
    code: 'LEFTOVER',
    first: null,
  };
};

/** Every kind, by name; `other` has keys of its own under the same names. */
export function kindsOf(other: Signers): Readonly<Record<string, Tampering>> {
  return {
    editEntry,
    deleteEntry,
    insertEntry,
    swapEntries,
    rotateEntries,
    truncateBundle,
    cutTail,
    swapBundles,
    swapTiles,
    editLeafHash,
    editUpperHash,
    editEntryAndLeaf,
    remakeTree,
    remakeUnsigned,
    resign: resign(other),
    editCheckpoint,
    removeFile,
    addBytes,
    addFile,
  };
}
