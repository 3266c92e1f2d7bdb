import type { Run } from '../db/bound-kysely.ts';
import { TILE_WIDTH, type Tile, type TileReader } from './tlog/tiles.ts';

export type StoredTile = Tile & { hashes: Buffer };
/** A signed head as it is kept; `note` has the log's own signature only. */
export type StoredCheckpoint = { size: number; root: Buffer; note: string; signedAt: Date };

/** Number of leaves. */
export async function readSize(run: Run): Promise<number> {
  const { rows } = await run<{ size: number }>(
    'select leaf_index + 1 as size from hien.audit_leaf order by leaf_index desc limit 1',
    [],
  );
  return rows[0]?.size ?? 0;
}

/** Reads tiles of the stored tree, each once; one that is missing has no bytes. */
export function storedTiles(run: Run): TileReader {
  const known = new Map<string, Promise<Buffer>>();
  return ({ level, index }) => {
    const key = `${level}/${index}`;
    const tile = known.get(key) ?? readTile(run, level, index);
    known.set(key, tile);
    return tile;
  };
}

async function readTile(run: Run, level: number, index: number): Promise<Buffer> {
  const { rows } = await run<{ hashes: Buffer }>(
    'select hashes from hien.audit_tile where level = $1 and tile_index = $2',
    [level, index],
  );
  return rows[0]?.hashes ?? Buffer.alloc(0);
}

/** The leaf hashes of a tile of level 0, out of the leaves themselves. */
export async function readLeafHashes(run: Run, tileIndex: number): Promise<Buffer> {
  const { rows } = await run<{ hashes: Buffer | null }>(
    `select string_agg(leaf_hash, ''::bytea order by leaf_index) as hashes from hien.audit_leaf where leaf_index >= $1 and leaf_index < $2`,
    [tileIndex * TILE_WIDTH, (tileIndex + 1) * TILE_WIDTH],
  );
  return rows[0]?.hashes ?? Buffer.alloc(0);
}

export type NewLeaf = { id: string; recordedAt: string; leafHash: Buffer };

/** Appends leaves from index `first` on. */
export async function insertLeaves(run: Run, first: number, leaves: readonly NewLeaf[]): Promise<void> {
  await run(
    `insert into hien.audit_leaf (leaf_index, event_id, recorded_at, leaf_hash)
     select $1::bigint + n - 1, id, recorded_at, leaf_hash
       from unnest($2::uuid[], $3::timestamptz[], $4::bytea[]) with ordinality as u (id, recorded_at, leaf_hash, n)`,
    [first, leaves.map((leaf) => leaf.id), leaves.map((leaf) => leaf.recordedAt), leaves.map((leaf) => leaf.leafHash)],
  );
}

/** Makes new tiles and lets those that were not full grow. */
export async function writeTiles(run: Run, tiles: readonly StoredTile[]): Promise<void> {
  await run(
    `insert into hien.audit_tile (level, tile_index, width, hashes)
     select * from unnest($1::smallint[], $2::bigint[], $3::smallint[], $4::bytea[])
         on conflict (level, tile_index) do update set width = excluded.width, hashes = excluded.hashes`,
    [
      tiles.map((tile) => tile.level),
      tiles.map((tile) => tile.index),
      tiles.map((tile) => tile.width),
      tiles.map((tile) => tile.hashes),
    ],
  );
}

const CHECKPOINT = 'c.size, c.root, c.note, c.signed_at';

export async function newestCheckpoint(run: Run): Promise<StoredCheckpoint | null> {
  const { rows } = await run<StoredCheckpoint>(
    `select ${CHECKPOINT} from hien.audit_checkpoint c order by c.size desc limit 1`,
    [],
  );
  return rows[0] ?? null;
}

export async function insertCheckpoint(run: Run, { size, root, note, signedAt }: StoredCheckpoint): Promise<void> {
  await run('insert into hien.audit_checkpoint (size, root, note, signed_at) values ($1, $2, $3, $4)', [
    size,
    root,
    note,
    signedAt,
  ]);
}

/** Was the newest leaf made in an epoch before this one? So it is after a restore, and before anything was sequenced. */
export async function isTreeOfEarlierEpoch(run: Run, epoch: number): Promise<boolean> {
  const { rows } = await run<{ epoch: number }>(
    `select e.epoch from (select recorded_at, event_id from hien.audit_leaf order by leaf_index desc limit 1) l
       join hien.audit_event e on e.recorded_at = l.recorded_at and e.id = l.event_id`,
    [],
  );
  return (rows[0]?.epoch ?? epoch) < epoch;
}
