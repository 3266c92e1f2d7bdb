import type { Run } from '../../db/bound-kysely.ts';
import { originOfNote } from '../log-key.ts';
import { encodeBundle } from '../tlog/entry-bundle.ts';
import { HASH_BYTES } from '../tlog/merkle.ts';
import { bundlesFor, TILE_WIDTH, tilePath, type Bundle, type Tile } from '../tlog/tiles.ts';
import { absentSpans, isArchivedAt, type Absent } from './archived.rules.ts';
import { gatherDifferences, type Difference, type Differences } from './differences.ts';
import { compareLeaves, lookUpOf } from './compare.rules.ts';
import { tilesOfExport, wholeBundles, type Span } from './export.rules.ts';
import * as store from './export.store.ts';
import { readmeFor } from './readme.ts';
import type { Sink } from './sink.ts';

/** What to export: by times of recording, or from where an older checkpoint ended; the whole where nothing is said. */
export type Wanted = { from: Date | null; to: Date | null; afterSize: number | null };
export type ExportAbout = { origin: string; size: number; span: Span };
export type ExportOrder = {
  ownerUrl: string;
  sink: Sink;
  wanted: Wanted;
  /** Leaves the record of the deed before the first byte is written. */
  record: (about: ExportAbout) => Promise<unknown>;
  onEntries: (done: number, total: number) => void;
};
/** `absent`: where leaves stand whose events are archived, of the months `archivedMonths`; a verifier is told so by an auditor. */
export type ExportReport = ExportAbout & {
  differences: readonly Difference[];
  absent: readonly Absent[];
  archivedMonths: readonly string[];
};

type Exporting = Omit<ExportOrder, 'ownerUrl'> &
  ExportAbout & { run: Run; found: Differences; months: readonly store.ArchivedMonth[]; missing: number[] };

/** Bundles and tiles that are read at once. */
const AT_ONCE = 16;

/**
 * Writes the log as files (C2SP tlog-tiles) out of one snapshot, for whoever verifies it without us, and holds the
 * columns that auditors search by against the sealed events. Null while nothing was ever sealed.
 */
export function exportLog({ ownerUrl, ...order }: ExportOrder): Promise<ExportReport | null> {
  return store.withSnapshot(ownerUrl, async (run) => {
    const checkpoint = await store.readCheckpoint(run);
    if (checkpoint === null) return null;
    const { size, note } = checkpoint;
    const span = wholeBundles(await spanOf(run, order.wanted, size), size);
    const about = { origin: originOfNote(note), size, span };
    await order.record(about);
    const months = await store.readArchivedMonths(run);
    const exporting = { ...order, ...about, run, found: gatherDifferences(), months, missing: [] as number[] };
    for (const index of await store.findInvented(run, span)) exporting.found.add(index, 'case_invented');
    for (const index of await store.findStrays(run, span)) exporting.found.add(index, 'event_twice');
    await store.lookUpOneByOne(run);
    await writeTiles(exporting);
    await writeEntries(exporting);
    await order.sink.write('README.txt', readmeFor(about));
    const archive = { absent: absentSpans(exporting.missing), archivedMonths: months.map(({ month }) => month) };
    await order.sink.write('export.json', claimOf({ ...about, ...archive }, order.wanted));
    await order.sink.write('checkpoint', note);
    return { ...about, ...archive, differences: exporting.found.list() };
  });
}

async function spanOf(run: Run, { from, to, afterSize }: Wanted, size: number): Promise<Span> {
  if (afterSize !== null) return { first: Math.min(afterSize, size), end: size };
  if (from === null && to === null) return { first: 0, end: size };
  return store.findSpan(run, { from, to, size });
}

/** Nothing that a verifier has to believe: what it names has to be there, and to hold. */
function claimOf({ origin, size, span, ...archive }: Omit<ExportReport, 'differences'>, { from, to }: Wanted): string {
  const isEmpty = span.first === span.end;
  const range = isEmpty ? { first: null, last: null } : { first: span.first, last: span.end - 1 };
  return `${JSON.stringify({ ...range, from, origin, size, to, ...archive }, null, 0)}\n`;
}

async function writeTiles({ run, sink, size, span }: Exporting): Promise<void> {
  for (const [level, tiles] of Map.groupBy(tilesOfExport(size, span), (tile) => tile.level))
    for (const some of inParts(tiles)) {
      const stored = await store.readTiles(
        run,
        level,
        some.map(({ index }) => index),
      );
      for (const tile of some) await sink.write(tilePath(tile), hashesOf(tile, stored));
    }
}

function inParts<T>(list: readonly T[]): T[][] {
  const count = Math.ceil(list.length / AT_ONCE);
  return Array.from({ length: count }, (_, nth) => list.slice(nth * AT_ONCE, (nth + 1) * AT_ONCE));
}

/** A tile that has grown since begins with what it was; one that is gone has no bytes, and whoever verifies will say so. */
function hashesOf({ index, width }: Tile, stored: ReadonlyMap<number, Buffer>): Buffer {
  return (stored.get(index) ?? Buffer.alloc(0)).subarray(0, width * HASH_BYTES);
}

async function writeEntries(exporting: Exporting): Promise<void> {
  const { span, size, sink } = exporting;
  const bundles = bundlesFor(0, size).filter(
    ({ index }) => index * TILE_WIDTH >= span.first && index * TILE_WIDTH < span.end,
  );
  for (const some of inParts(bundles)) {
    const leaves = await readLeaves(exporting, some);
    for (const bundle of some) {
      const places = Array.from({ length: bundle.width }, (_, nth) => bundle.index * TILE_WIDTH + nth);
      // An entry that is gone keeps its place, without bytes.
      const entries = places.map((index) => leaves.get(index)?.event ?? Buffer.alloc(0));
      await sink.write(tilePath(bundle), encodeBundle(entries));
      exporting.onEntries((places.at(-1) ?? 0) + 1 - span.first, span.end - span.first);
    }
  }
}

/** Leaves of neighbouring bundles by their index, held against tiles and look-up columns on the way. */
async function readLeaves(
  { run, found, months, missing }: Exporting,
  bundles: readonly Bundle[],
): Promise<Map<number, store.LeafRow>> {
  const [first, last] = [bundles[0], bundles.at(-1)];
  if (first === undefined || last === undefined) return new Map();
  const range = { first: first.index * TILE_WIDTH, end: last.index * TILE_WIDTH + last.width };
  const rows = await store.readLeaves(run, range);
  const leaves = rows.map((row) => ({ ...row, isArchived: isArchivedAt(months, row.leafRecordedAt) }));
  missing.push(...leaves.filter((leaf) => leaf.isArchived && leaf.event === null).map((leaf) => leaf.leafIndex));
  const tiles = await store.readTiles(
    run,
    0,
    bundles.map(({ index }) => index),
  );
  for (const { index, what } of compareLeaves(range, leaves, tiles)) found.add(index, what);
  for (const index of await store.findHidden(run, rows.flatMap(shownBy))) found.add(index, 'case_hidden');
  return new Map(rows.map((row) => [row.leafIndex, row]));
}

function shownBy({ leafIndex, event, id, recordedText }: store.LeafRow): store.Shown[] {
  const { cases, isDeed } = lookUpOf(event);
  return cases.map((caseId) => ({ leafIndex, caseId, eventId: id ?? '', at: recordedText, isDeed }));
}
