import { canonicalJson } from '../kernel/canonical-json.ts';
import { isEventAction } from './vocabulary.ts';

/** Event v1 (design §6): opaque ids, codes and names of fields; never a value, free text or query string. */
export type EventV1 = {
  v: 1;
  id: string;
  time: string;
  recorded: string;
  demonstration?: true;
  /** Id of a person, `system:<job>`, or nobody. */
  actor: string | null;
  agency: string | null;
  owner: string | null;
  roles: readonly string[];
  session: string | null;
  seq: number | null;
  action: string;
  objectKind: string | null;
  objectId: string | null;
  cases: readonly string[];
  compartments: readonly string[];
  fields: readonly string[];
  purpose: string | null;
  reason: string | null;
  outcome: 'done' | 'refused' | 'failed';
  policies: readonly string[];
  request: string;
  count: number | null;
};

/** The actor of a deed that no person stands behind: `system:<job>`. */
export const SYSTEM = 'system:';

export function isSystem(actor: string | null): actor is string {
  return actor?.startsWith(SYSTEM) === true;
}

/** No real sequence number is ever this large; it marks the place where the database writes the true one. */
const PLACE_OF_SEQ = Number.MAX_SAFE_INTEGER;
const MARK = `"seq":${PLACE_OF_SEQ}`;

/**
 * Canonical bytes of an event (RFC 8785) in two halves around its session sequence number, which is known
 * only inside the statement that stores it: so one statement both numbers and appends, and the lock on the
 * session lasts no longer than the commit.
 */
export function eventAroundSeq(event: Omit<EventV1, 'seq'>): { before: string; after: string } {
  const whole = canonicalJson({ ...event, seq: PLACE_OF_SEQ });
  const at = whole.indexOf(MARK);
  return { before: whole.slice(0, at + '"seq":'.length), after: whole.slice(at + MARK.length) };
}

const CODE = /^[A-Za-z0-9_.:-]{1,80}$/;

/** Refuses an event of an unknown action, or one that carries anything but names and codes: faults of the program, found before it is stored. */
export function checkEvent(event: Omit<EventV1, 'seq'>): void {
  const lists = [event.roles, event.compartments, event.fields, event.policies, event.cases];
  if (!isEventAction(event.action)) throw new Error(`the vocabulary of events has no ${event.action}`);
  const singles = [event.reason, event.purpose, event.objectKind].filter((item) => item !== null);
  const isClean = [...lists, singles].every((list) => list.every((item) => CODE.test(item)));
  if (!isClean) throw new Error('an audit event may carry names and codes only');
}
