import type { EventV1 } from '../event.rules.ts';
import { HASH_BYTES } from '../tlog/merkle.ts';
import { TILE_WIDTH } from '../tlog/tiles.ts';
import { isDeed } from '../vocabulary.ts';
import type { Span } from './export.rules.ts';

/** The columns of an event by which auditors search: copies of what its bytes say. */
export type Copies = {
  id: string | null;
  recordedAt: Date | null;
  occurredAt: Date | null;
  actorId: string | null;
  agencyId: string | null;
  ownerAgencyId: string | null;
  action: string | null;
  outcome: string | null;
  objectKind: string | null;
  objectId: string | null;
};
/** `isArchived`: its month is on record as archived, so its event may be gone. */
export type Leaf = Copies & { leafIndex: number; leafHash: Buffer; event: Buffer | null; isArchived: boolean };
type Found = { index: number; what: string };

/** Leaves that are not there, or not as the tile has them, and events that are gone or whose copies say something else. */
export function compareLeaves(range: Span, leaves: readonly Leaf[], tiles: ReadonlyMap<number, Buffer>): Found[] {
  const there = new Set(leaves.filter(isAccountedFor).map(({ leafIndex }) => leafIndex));
  const all = Array.from({ length: range.end - range.first }, (_, nth) => range.first + nth);
  const gone = all.filter((index) => !there.has(index)).map((index) => ({ index, what: 'event_gone' }));
  return [...gone, ...leaves.flatMap((leaf) => compareLeaf(leaf, tiles))];
}

function isAccountedFor({ event, isArchived }: Leaf): boolean {
  return event !== null || isArchived;
}

function compareLeaf(leaf: Leaf, tiles: ReadonlyMap<number, Buffer>): Found[] {
  const { leafIndex, leafHash, event } = leaf;
  const at = (leafIndex % TILE_WIDTH) * HASH_BYTES;
  const sealed = tiles.get(Math.floor(leafIndex / TILE_WIDTH))?.subarray(at, at + HASH_BYTES);
  const columns = event === null ? [] : differingColumns(event, leaf);
  const whats = sealed?.equals(leafHash) === true ? columns : ['leaf_hash', ...columns];
  return whats.map((what) => ({ index: leafIndex, what }));
}

/** Which copies say something else than the event's bytes. */
export function differingColumns(bytes: Buffer, copies: Copies): string[] {
  const event = eventOf(bytes);
  if (event === null) return ['event'];
  const told = copiesOf(event);
  const names = Object.keys(told) as (keyof Copies)[];
  return names.filter((name) => plain(told[name]) !== plain(copies[name]));
}

/** What the look-up of cases has to say of an event: the cases that it showed, and whether something was done. */
export function lookUpOf(bytes: Buffer | null): { cases: string[]; isDeed: boolean } {
  const event = bytes === null ? null : eventOf(bytes);
  const cases: unknown = event?.cases;
  return { cases: Array.isArray(cases) ? cases.filter(isId) : [], isDeed: event !== null && isDeed(event) };
}

function copiesOf(event: EventV1): Record<keyof Copies, unknown> {
  return {
    id: event.id,
    recordedAt: event.recorded,
    occurredAt: event.time,
    // The column holds persons only; a job of the system stands in the event itself.
    actorId: event.actor?.startsWith('system:') === true ? null : event.actor,
    agencyId: event.agency,
    ownerAgencyId: event.owner,
    action: event.action,
    outcome: event.outcome,
    objectKind: event.objectKind,
    objectId: event.objectId,
  };
}

function plain(value: unknown): unknown {
  return value instanceof Date ? value.toISOString() : value;
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
}

/** Somebody with every right may have put anything there. */
function eventOf(bytes: Buffer): EventV1 | null {
  try {
    const event = JSON.parse(bytes.toString('utf8')) as EventV1 | null;
    const isEvent =
      typeof event === 'object' && event !== null && [event.actor ?? ''].every((one) => typeof one === 'string');
    return isEvent ? event : null;
  } catch {
    return null;
  }
}
