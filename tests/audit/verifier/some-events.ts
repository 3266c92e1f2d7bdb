import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../server/kernel/canonical-json.ts';
import type { EventV1 } from '../../../server/audit/event.rules.ts';

const BEGIN_MS = Date.UTC(2026, 10, 2, 1, 0, 0);
const STEP_MS = 3_000;
/** Twelve people and one job take turns. */
export const PEOPLE = 12;

/** An id that depends on nothing but what it is for. */
export function idFor(what: string): string {
  const hex = createHash('sha256').update(what).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The same, ordered by time (UUIDv7). */
function idAt(ms: number, what: string): string {
  const time = ms.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-${idFor(what).slice(14)}`;
}

export type Made = Omit<EventV1, 'demonstration'>;

type Own = 'actor' | 'agency' | 'owner' | 'roles' | 'session' | 'seq' | 'action' | 'objectKind' | 'objectId' | 'cases';

const HEARTBEAT: Pick<Made, Own> = {
  actor: 'system:sequencer',
  agency: null,
  owner: null,
  roles: [],
  session: null,
  seq: null,
  action: 'audit.heartbeat',
  objectKind: null,
  objectId: null,
  cases: [],
};

function opening(nth: number, person: number, seq: number): Pick<Made, Own> {
  const caseId = idFor(`case ${nth % 40}`);
  return {
    actor: idFor(`person ${person}`),
    agency: idFor(`agency ${person % 3}`),
    owner: idFor(`agency ${(person + 1) % 3}`),
    roles: ['case_worker'],
    session: sessionOf(person),
    seq,
    action: 'case.open',
    objectKind: 'case',
    objectId: caseId,
    cases: [caseId],
  };
}

/** Event `nth` of a log in which twelve people work at the same time, each with her own numbers, and a job in between. */
export function anEvent(nth: number): Made {
  const person = nth % (PEOPLE + 1);
  const at = new Date(BEGIN_MS + nth * STEP_MS).toISOString();
  const own = person === PEOPLE ? HEARTBEAT : opening(nth, person, Math.floor(nth / (PEOPLE + 1)) + 1);
  return {
    ...own,
    v: 1,
    id: idAt(BEGIN_MS + nth * STEP_MS, `event ${nth}`),
    time: at,
    recorded: at,
    compartments: ['facts', 'identity'],
    fields: ['survivor.fullName'],
    purpose: 'case_work',
    reason: null,
    outcome: 'done',
    policies: ['case-team-reads'],
    request: idFor(`request ${nth}`),
    count: nth % 5 === 0 ? 1 : null,
  };
}

export function sessionOf(person: number): string {
  return createHash('sha256').update(`session ${person}`).digest('hex');
}

export function bytesOf(event: unknown): Buffer {
  return Buffer.from(canonicalJson(event));
}

export function someEntries(count: number): Buffer[] {
  return Array.from({ length: count }, (_, nth) => bytesOf(anEvent(nth)));
}
