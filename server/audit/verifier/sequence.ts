import { at, type Doubts } from './doubts.ts';
import type { Summary } from './event.ts';

/** Transactions that ran at the same time may stand in the log in another order, never further apart than this. */
const EDGE_MS = 10_000;
const CLOCK_BACK_MS = 60_000;
/** A larger jump is no late commit: it is reported at once instead of being remembered number by number. */
const MOST_OPEN = 1000;
type Place = { session: string; index: number; atMs: number };
/**
 * Looks at events in the order of the tree: each id once, within a session every number from 1 on exactly once, clocks
 * that do not run back. Where the export begins in the middle of the log, a session begins with what is seen of it.
 */
export function followSequence(doubts: Doubts, startsInMiddle: boolean, entries: number) {
  const isNew = idSet(entries);
  const sessions = new Map<string, { low: number; high: number }>();
  const missing = new Map<string, Place>();
  let [firstMs, lastMs] = [Infinity, 0];
  function take({ id, session, seq, recordedMs }: Summary, index: number): void {
    if (!isNew(id)) doubts.add('EVENT_TWICE', id, at(index));
    if (recordedMs < lastMs - CLOCK_BACK_MS) doubts.remark('CLOCK_BACK', `@ ${index}`);
    [firstMs, lastMs] = [Math.min(firstMs, recordedMs), Math.max(lastMs, recordedMs)];
    // Half of a session's hash tells it apart, as a text of sixteen letters: thousands of them have to fit.
    const half = Buffer.from(session?.slice(0, 32) ?? '', 'hex').toString('latin1');
    if (session !== null) number(seq, { session: half, index, atMs: recordedMs });
  }
  function number(seq: number, place: Place): void {
    const known = sessions.get(place.session) ?? (startsInMiddle ? { low: seq, high: seq - 1 } : { low: 1, high: 0 });
    if (seq > known.high) miss(known.high + 1, seq - 1, place);
    else if (seq < known.low) miss(seq + 1, known.low - 1, place);
    else if (!missing.delete(`${place.session} ${seq}`)) doubts.add('SEQ_TWICE', `${seq}`, at(place.index));
    sessions.set(place.session, { low: Math.min(seq, known.low), high: Math.max(seq, known.high) });
  }
  function miss(low: number, high: number, place: Place): void {
    if (high - low > MOST_OPEN) doubts.add('SEQ_GAP', `${low}…${high}`, at(place.index));
    else for (let seq = low; seq <= high; seq += 1) missing.set(`${place.session} ${seq}`, place);
  }
  /** A number that is missing at an edge of what was exported may lie beyond it; anywhere else it was taken out. */
  function end(): void {
    for (const [key, { index, atMs }] of missing) {
      const seq = key.slice(key.lastIndexOf(' ') + 1);
      const isAtEdge = atMs >= lastMs - EDGE_MS || (startsInMiddle && atMs <= firstMs + EDGE_MS);
      if (isAtEdge) doubts.remark('GAP_AT_EDGE', `${seq} @ ${index}`);
      else doubts.add('SEQ_GAP', seq, at(index));
    }
  }
  return { take, end };
}

/** A set of ids at sixteen bytes a place, at most half full: a million of them have to fit. Answers whether an id is new. */
function idSet(entries: number): (id: string) => boolean {
  const places = 2 ** Math.ceil(Math.log2(entries + 1) + 1);
  const table = new BigUint64Array(places * 2);
  return (id) => {
    const hex = id.replaceAll('-', '');
    const [high, low] = [BigInt(`0x${hex.slice(0, 16)}`), BigInt(`0x${hex.slice(16)}`)];
    let at = Number(low % BigInt(places)) * 2;
    while (table[at + 1] !== 0n && (table[at] !== high || table[at + 1] !== low)) at = (at + 2) % table.length;
    const isEmpty = table[at + 1] === 0n;
    table.set([high, low], at);
    return isEmpty;
  };
}
