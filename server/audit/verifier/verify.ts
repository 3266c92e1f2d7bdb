import { at, type Doubt, type Span } from './doubts.ts';
import { readEvent } from './event.ts';
import { openFolder, type Folder } from './folder.ts';
import { readCheckpoint, standingOf, type Checkpoint, type Vkey } from './note.ts';
import { followSequence } from './sequence.ts';
import { leafHash, rootAt, rootOf, tilePath, WIDTH, widthOf, type ReadTile } from './tree.ts';

type Named = { name: string; bytes: Buffer | null };
type Keys = { log: Vkey; witnesses: readonly Vkey[]; quorum: number };
/** `known`: older checkpoints that the log must continue. `archived`: where the auditor's certificates let entries be absent. */
export type Order = Keys & { place: string; known: readonly Named[]; archived?: readonly Span[] };
export type Listener = { onDoubt: (doubt: Doubt) => void; onEntries: (done: number, total: number) => void };
type Tree = { folder: Folder; size: number; read: ReadTile; archived: readonly Span[] };
const NOTE_BYTES = [1, 256 * 1024] as const;

/** Verifies an export top down: signatures, root, older checkpoints, tiles against their parents, entries against tiles. */
export function verifyExport(order: Order, { onDoubt, onEntries }: Listener) {
  const folder = openFolder(order.place, onDoubt);
  const { doubts } = folder;
  const bytes = folder.read('checkpoint', NOTE_BYTES);
  const checkpoint = readSigned(folder, order.log, { name: 'checkpoint', bytes });
  if (checkpoint === null) return { checkpoint, entries: { from: 0, to: 0 }, cosigned: [], doubts };
  const cosigned = checkQuorum(folder, order, checkpoint);
  const tree = openTree(folder, checkpoint.size, order.archived ?? []);
  checkRoot(tree, checkpoint, 'ROOT');
  const known = order.known.map((each) => readSigned(folder, order.log, each));
  for (const older of known) if (older !== null) checkRoot(tree, older, 'INCONSISTENT');
  for (let level = 1; widthOf(tree.size, level, 0) > 0; level += 1)
    for (let index = 0; widthOf(tree.size, level, index) > 0; index += 1) tree.read(level, index);
  const entries = readClaim(tree);
  checkEntries(tree, entries, onEntries);
  folder.findLeftovers();
  return { checkpoint, entries, cosigned, doubts };
}

function readSigned({ doubts }: Folder, log: Vkey, { name, bytes }: Named): Checkpoint | null {
  const checkpoint = bytes === null ? null : readCheckpoint(bytes);
  if (bytes !== null && checkpoint?.origin !== log.name) doubts.add('MALFORMED', name);
  const fault = checkpoint === null ? null : standingOf(checkpoint, log).fault;
  if (fault !== null) doubts.add(fault, `${name}: ${log.name}`);
  return checkpoint;
}

function checkQuorum({ doubts }: Folder, { witnesses, quorum }: Order, checkpoint: Checkpoint): string[] {
  const found = witnesses.map((vkey) => ({ name: vkey.name, ...standingOf(checkpoint, vkey) }));
  for (const { name, fault } of found) if (fault === 'SIGNATURE_BAD') doubts.add(fault, `checkpoint: ${name}`);
  const good = found.filter(({ fault }) => fault === null);
  if (good.length < quorum) doubts.add('QUORUM', `${good.length} < ${quorum}`);
  if (witnesses.length === 0) doubts.remark('NO_WITNESS', '');
  return good.map(({ name, seconds }) => `${name} ${new Date(seconds * 1000).toISOString()}`);
}

/** Reads tiles, keeps the last of each level, and holds each full one against the hash that its parent has of it. */
function openTree(folder: Folder, size: number, archived: readonly Span[]): Tree {
  const kept: { index: number; hashes: readonly Buffer[] | null }[] = [];
  function load(level: number, index: number): readonly Buffer[] | null {
    const width = widthOf(size, level, index);
    const path = tilePath(level, index, width);
    const reach = WIDTH ** (level + 1);
    const span = { from: index * reach, to: Math.min((index + 1) * reach, size) };
    const bytes = folder.read(path, [width * 32, width * 32], span);
    if (bytes === null) return null;
    const hashes = Array.from({ length: width }, (_, nth) => bytes.subarray(nth * 32, nth * 32 + 32));
    const parent = width < WIDTH ? null : read(level + 1, Math.floor(index / WIDTH));
    if (parent?.[index % WIDTH]?.equals(rootOf(hashes)) === false) folder.doubts.add('TILE', path, span);
    return hashes;
  }
  function read(level: number, index: number): readonly Buffer[] | null {
    if (kept[level]?.index !== index) kept[level] = { index, hashes: load(level, index) };
    return kept[level].hashes;
  }
  return { folder, size, read, archived };
}

/** The first leaves of the tree, or all of them, must add up to what was signed. */
function checkRoot({ folder, read, size }: Tree, signed: Checkpoint, code: 'ROOT' | 'INCONSISTENT'): void {
  if (signed.size > size) folder.doubts.add('SMALLER', `${size} < ${signed.size}`);
  else if (rootAt(read, signed.size)?.equals(signed.root) === false)
    folder.doubts.add(code, `${signed.size}`, { from: 0, to: signed.size });
}

/** Which bundles the export says it holds. It is believed no further: what it names must be there and hold. */
function readClaim({ folder, size }: Tree): Span {
  const text = String(folder.read('export.json', NOTE_BYTES));
  const [, first, last] = /"first":(null|\d{1,15}),(?:.*,)?"last":(null|\d{1,15})\b/.exec(text) ?? [];
  if (first === 'null' && last === 'null') return { from: 0, to: 0 };
  const [from, to] = [Number(first), Number(last) + 1];
  const isAligned = [from % WIDTH === 0, to === size || to % WIDTH === 0, from < to, to <= size].every(Boolean);
  if (!isAligned) folder.doubts.add('MALFORMED', 'export.json');
  return isAligned ? { from, to } : { from: 0, to: size };
}

function checkEntries(tree: Tree, { from, to }: Span, onEntries: Listener['onEntries']): void {
  // A session that began in an archived month begins with what is seen of it.
  const sequence = followSequence(tree.folder.doubts, from > 0 || tree.archived.length > 0, to - from);
  let [isWhole, absent] = [true, 0];
  function take(entry: Buffer | null | undefined, index: number): void {
    const event = entry ? readEvent(entry) : null;
    if (event !== null) sequence.take(event, index);
    else if (entry) tree.folder.doubts.add('EVENT_FORM', '', at(index));
    if (entry === undefined) absent += 1;
    else isWhole &&= event !== null;
  }
  for (let start = from; start < to; start += WIDTH) {
    readBundle(tree, start).forEach((entry, nth) => take(entry, start + nth));
    onEntries(Math.min(start + WIDTH, to) - from, to - from);
  }
  // Where entries do not hold, it says nothing more that numbers are missing among the others.
  if (isWhole) sequence.end();
  if (to - from < tree.size) tree.folder.doubts.remark('PART', `${to - from} / ${tree.size}`);
  if (absent > 0) tree.folder.doubts.remark('ARCHIVED', `${absent}`);
}

/** The entries of a bundle: null for each that does not match its leaf, undefined for one of no bytes where it may be absent. */
function readBundle({ folder, read, size, archived }: Tree, start: number): (Buffer | null | undefined)[] {
  const width = widthOf(size, 0, start / WIDTH);
  const path = tilePath('entries', start / WIDTH, width);
  const bytes = folder.read(path, [width * 2, width * 65_537], { from: start, to: start + width });
  const hashes = read(0, start / WIDTH);
  if (bytes === null || hashes === null) return [null];
  // Each entry is a length in two bytes, the higher first, and so many bytes.
  let end = 0;
  const entries = hashes.map((hash, nth) => {
    const begin = end + 2;
    end = begin > bytes.length ? begin : begin + bytes.readUInt16BE(end);
    if (end <= bytes.length && leafHash(bytes, begin, end).equals(hash)) return bytes.subarray(begin, end);
    const mayBeAbsent = archived.some(({ from, to }) => start + nth >= from && start + nth < to);
    if (mayBeAbsent && begin === end && end <= bytes.length) return undefined;
    folder.doubts.add(end > bytes.length ? 'TOO_SHORT' : 'ENTRY', path, at(start + nth));
    return null;
  });
  if (bytes.length > end) folder.doubts.add('EXTRA_BYTES', path, at(start + width - 1));
  return entries;
}
