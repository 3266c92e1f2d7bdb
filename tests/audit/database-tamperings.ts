import type { Code } from '../../server/audit/verifier/words.ts';
import type { Span } from '../../server/audit/verifier/doubts.ts';
import { HASH_BYTES, leafHash } from '../../server/audit/tlog/merkle.ts';
import { parseTilePath, TILE_WIDTH } from '../../server/audit/tlog/tiles.ts';
import { literal } from '../support/tampering.ts';
import { idFor } from './verifier/some-events.ts';
import { aForgery, checkpointOf, treeFiles, type Signers } from './verifier/log-folder.ts';

/** The log as it stands in the database: entries in their order, ids of their events, the signed head. */
export type Sealed = { entries: readonly Buffer[]; ids: readonly string[]; checkpoint: Buffer; forger: Signers };
export type Draw = { a: number; b: number; byte: number };
/** What a superuser does, and what must be said of it: by the verifier (null: nothing), and by the export by index. */
export type Deed = {
  sql: string;
  code: Code | null;
  first?: Span | null;
  told?: readonly [index: number, what: string];
};
type Kind = (log: Sealed, draw: Draw) => Deed;

const at = (index: number): Span => ({ from: index, to: index + 1 });
const event = (log: Sealed, index: number): string => literal(log.ids[index]);

function two({ entries }: Sealed, { a, b }: Draw): [number, number] {
  const low = a % (entries.length - 1);
  return [low, low + 1 + (b % (entries.length - 1 - low))];
}

const editEvent: Kind = (log, { a, byte }) => {
  const index = a % log.entries.length;
  const bytes = Buffer.from(log.entries[index] ?? '');
  const place = byte % bytes.length;
  bytes[place] = (bytes[place] ?? 0) ^ (1 + (byte % 255));
  const sql = `update hien.audit_event set event = ${literal(bytes)} where id = ${event(log, index)}`;
  return { sql, code: 'ENTRY', first: at(index) };
};

const deleteEvent: Kind = (log, { a }) => {
  const index = a % log.entries.length;
  const sql = `delete from hien.audit_event where id = ${event(log, index)}`;
  return { sql, code: 'ENTRY', first: at(index), told: [index, 'event_gone'] };
};

/** Together with its leaf, as if there had never been one. */
const deleteLeaf: Kind = (log, { a }) => {
  const index = a % log.entries.length;
  const id = event(log, index);
  const sql = `delete from hien.audit_leaf where event_id = ${id}; delete from hien.audit_event where id = ${id}`;
  return { sql, code: 'ENTRY', first: at(index), told: [index, 'event_gone'] };
};

const swapEvents: Kind = (log, draw) => {
  const [low, high] = two(log, draw);
  const [one, other] = [event(log, low), event(log, high)];
  const sql = `update hien.audit_event set event = case id when ${one} then ${literal(log.entries[high])}::bytea else ${literal(log.entries[low])}::bytea end
    where id in (${one}, ${other})`;
  return { sql, code: 'ENTRY', first: at(low), told: [low, 'id'] };
};

/** The order of leaves is changed, tiles and events are as they were. */
const swapLeaves: Kind = (log, draw) => {
  const [low, high] = two(log, draw);
  const sql = `update hien.audit_leaf set leaf_index = -1 where leaf_index = ${low};
    update hien.audit_leaf set leaf_index = ${low} where leaf_index = ${high};
    update hien.audit_leaf set leaf_index = ${high} where leaf_index = -1`;
  return { sql: withoutChecks(sql), code: 'ENTRY', first: at(low), told: [low, 'leaf_hash'] };
};

function withoutChecks(sql: string): string {
  const check = 'audit_leaf_leaf_index_check';
  return `alter table hien.audit_leaf drop constraint ${check}; ${sql};
    alter table hien.audit_leaf add constraint ${check} check (leaf_index >= 0)`;
}

/** An event of the forger's own is put in, and all later ones move. */
const insertEvent: Kind = (log, { a, b }) => {
  const index = a % log.entries.length;
  const model = String(log.entries[index]);
  const id = idFor(`forged ${b}`);
  const bytes = Buffer.from(model.replace(String(log.ids[index]), id));
  const columns =
    'recorded_at, occurred_at, epoch, actor_id, agency_id, owner_agency_id, action, outcome, object_kind, object_id';
  const sql = `update hien.audit_leaf set leaf_index = leaf_index + 1000000 where leaf_index >= ${index};
    update hien.audit_leaf set leaf_index = leaf_index - 999999 where leaf_index >= 1000000;
    insert into hien.audit_event (id, ${columns}, event) select '${id}', ${columns}, ${literal(bytes)} from hien.audit_event where id = ${event(log, index)};
    insert into hien.audit_leaf (leaf_index, event_id, recorded_at, leaf_hash)
      select ${index}, '${id}', recorded_at, ${literal(leafHash(bytes))} from hien.audit_event where id = '${id}'`;
  return { sql, code: 'ENTRY', first: at(index), told: [index, 'leaf_hash'] };
};

const editLeafHash: Kind = (log, { a, byte }) => {
  const index = a % log.entries.length;
  const place = byte % HASH_BYTES;
  const sql = `update hien.audit_leaf set leaf_hash = set_byte(leaf_hash, ${place}, 255 - get_byte(leaf_hash, ${place})) where leaf_index = ${index}`;
  // The tile is what is signed; the leaf is a copy, by which the screens look.
  return { sql, code: null, told: [index, 'leaf_hash'] };
};

function editTile(level: number, index: number, byte: number): string {
  const [tile, place] = [Math.floor(index / TILE_WIDTH), (index % TILE_WIDTH) * HASH_BYTES + (byte % HASH_BYTES)];
  return `update hien.audit_tile set hashes = set_byte(hashes, ${place}, 255 - get_byte(hashes, ${place})) where level = ${level} and tile_index = ${tile}`;
}

const editLeafTile: Kind = (log, { a, byte }) => {
  const index = a % log.entries.length;
  return { sql: editTile(0, index, byte), code: 'ENTRY', first: at(index), told: [index, 'leaf_hash'] };
};

const editUpperTile: Kind = (log, { a, byte }) => {
  const index = a % Math.floor(log.entries.length / TILE_WIDTH);
  const first = { from: index * TILE_WIDTH, to: (index + 1) * TILE_WIDTH };
  return { sql: editTile(1, index, byte), code: 'TILE', first };
};

const deleteTile: Kind = (log, { a, b }) => {
  const level = b % 2;
  const index = level === 1 ? 0 : a % Math.ceil(log.entries.length / TILE_WIDTH);
  const reach = TILE_WIDTH ** (level + 1);
  const first = { from: index * reach, to: Math.min((index + 1) * reach, log.entries.length) };
  const sql = `delete from hien.audit_tile where level = ${level} and tile_index = ${index}`;
  return { sql, code: 'TOO_SHORT', first };
};

const truncate: Kind = (log, { a }) => {
  const from = a % log.entries.length;
  const sql = `delete from hien.audit_event e using hien.audit_leaf l where l.event_id = e.id and l.leaf_index >= ${from};
    delete from hien.audit_leaf where leaf_index >= ${from}`;
  return { sql, code: 'ENTRY', first: at(from), told: [from, 'event_gone'] };
};

const COLUMNS = [
  ['actor_id', 'actorId', 'gen_random_uuid()'],
  ['agency_id', 'agencyId', 'gen_random_uuid()'],
  ['owner_agency_id', 'ownerAgencyId', 'gen_random_uuid()'],
  ['action', 'action', "'case.list'"],
  ['outcome', 'outcome', "'refused'"],
  ['object_kind', 'objectKind', "'referral'"],
  ['object_id', 'objectId', 'gen_random_uuid()'],
  ['occurred_at', 'occurredAt', "occurred_at - interval '40 days'"],
] as const;

/** The event itself is left alone, only a search finds another person, case or time. */
const editColumn: Kind = (log, { a, b }) => {
  const index = a % log.entries.length;
  const [column, what, value] = COLUMNS[b % COLUMNS.length] ?? COLUMNS[0];
  const sql = `update hien.audit_event set ${column} = ${value} where id = ${event(log, index)}`;
  return { sql, code: null, told: [index, what] };
};

/** An event moved to another month is not found by those who look in its own. */
const moveEvent: Kind = (log, { a }) => {
  const index = a % log.entries.length;
  const sql = `update hien.audit_event set recorded_at = recorded_at - interval '1 day' where id = ${event(log, index)}`;
  return { sql, code: 'ENTRY', first: at(index), told: [index, 'event_twice'] };
};

const hideCase: Kind = (log, { a }) => {
  const index = withCase(log, a);
  const sql = `delete from hien.audit_event_case where event_id = ${event(log, index)}`;
  return { sql, code: null, told: [index, 'case_hidden'] };
};

/** A deed called a look is missing from what a case shows of its history; a look called a deed stands in it. */
const mistakeDeed: Kind = (log, { a }) => {
  const index = withCase(log, a);
  const sql = `update hien.audit_event_case set is_deed = not is_deed where event_id = ${event(log, index)}`;
  return { sql, code: null, told: [index, 'case_hidden'] };
};

const inventCase: Kind = (log, { a, b }) => {
  const index = withCase(log, a);
  const sql = `insert into hien.audit_event_case (case_id, event_id, recorded_at, is_deed) select '${idFor(`no case ${b}`)}', event_id, recorded_at, is_deed from hien.audit_event_case where event_id = ${event(log, index)}`;
  return { sql, code: null, told: [index, 'case_invented'] };
};

function withCase(log: Sealed, a: number): number {
  const start = a % log.entries.length;
  const places = log.entries.map((_, nth) => (start + nth) % log.entries.length);
  return places.find((index) => log.entries[index]?.includes('"cases":["')) ?? 0;
}

/** An event is edited and everything above it made anew, but for the signature. */
const remakeTree: Kind = (log, draw) => ({
  sql: remade(log, draw).sql,
  code: 'ROOT',
  first: { from: 0, to: log.entries.length },
});

const remakeAndResign: Kind = (log, draw) => {
  const { sql, entries } = remade(log, draw);
  return { sql: `${sql}; ${newNote(checkpointOf(log.forger, entries))}`, code: 'SIGNATURE_MISSING' };
};

const remakeUnsigned: Kind = (log, draw) => {
  const { sql, entries } = remade(log, draw);
  return {
    sql: `${sql}; ${newNote(aForgery(checkpointOf(log.forger, entries), log.checkpoint))}`,
    code: 'SIGNATURE_BAD',
  };
};

function newNote(note: Buffer): string {
  return `update hien.audit_checkpoint set note = ${literal(note.toString())} where size = (select max(size) from hien.audit_checkpoint)`;
}

function remade(log: Sealed, { a }: Draw): { sql: string; entries: Buffer[] } {
  const index = a % log.entries.length;
  const entries = [...log.entries];
  entries[index] = Buffer.from(String(entries[index]).replace('"outcome":"done"', '"outcome":"failed"'));
  const tiles = [...treeFiles(entries)].flatMap(([path, hashes]) => {
    const { level, index: tile } = parseTilePath(path);
    return level === 'entries'
      ? []
      : [`update hien.audit_tile set hashes = ${literal(hashes)} where level = ${level} and tile_index = ${tile}`];
  });
  const bytes = entries[index] ?? Buffer.alloc(0);
  const own = [
    `update hien.audit_event set event = ${literal(bytes)}, outcome = 'failed' where id = ${event(log, index)}`,
    `update hien.audit_leaf set leaf_hash = ${literal(leafHash(bytes))} where leaf_index = ${index}`,
  ];
  return { sql: [...own, ...tiles].join(';\n'), entries };
}

const dropCosignature: Kind = (_, { a }) => {
  const sql = `delete from hien.audit_cosignature where witness = 'witness.example/${'abc'[a % 3]}'`;
  return { sql, code: 'QUORUM', first: null };
};

const editCosignature: Kind = (_, { a, byte }) => {
  const where = `witness = 'witness.example/${'abc'[a % 3]}'`;
  // Behind the key's id, which is eight letters: what is left of the line is time and signature.
  const place = 2 + 'witness.example/a'.length + 1 + 8 + 1 + (byte % 80);
  const sql = `update hien.audit_cosignature set line = overlay(line placing
    case substr(line, ${place}, 1) when 'A' then 'B' else 'A' end from ${place} for 1) where ${where}`;
  return { sql, code: 'SIGNATURE_BAD', first: null };
};

export const KINDS: Readonly<Record<string, Kind>> = {
  editEvent,
  deleteEvent,
  deleteLeaf,
  swapEvents,
  swapLeaves,
  insertEvent,
  editLeafHash,
  editLeafTile,
  editUpperTile,
  deleteTile,
  truncate,
  editColumn,
  moveEvent,
  hideCase,
  mistakeDeed,
  inventCase,
  remakeTree,
  remakeAndResign,
  remakeUnsigned,
  dropCosignature,
  editCosignature,
};
