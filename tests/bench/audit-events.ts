import { randomBytes, randomInt } from 'node:crypto';
import { canonicalJson } from '../../server/kernel/canonical-json.ts';
import type { EventV1 } from '../../server/audit/event.rules.ts';
import type { Sample } from './make-case.ts';
import type { Stage } from './stage.ts';

/** What people do, by how often out of a hundred, and how many cases they see doing it. */
const DEEDS = [
  { action: 'case.open', share: 50, cases: 1, compartments: ['facts', 'identity', 'contact'] },
  { action: 'referral.open', share: 14, cases: 1, compartments: ['envelope'] },
  { action: 'case.list', share: 14, cases: 6, compartments: [] },
  { action: 'case.search', share: 10, cases: 2, compartments: ['identity'] },
  { action: 'case.change', share: 7, cases: 1, compartments: ['facts'] },
  { action: 'consent.list', share: 5, cases: 1, compartments: [] },
] as const;
const AT_WORK = 60;

type Session = { staffId: string; agencyId: string; roles: readonly string[]; hash: string; seq: number; left: number };
export type EventSource = { next(atMs: number): EventV1 };

/** Events as a working district leaves them: people in sessions with numbers of their own, on the cases that there are. */
export function eventSource(stage: Stage, samples: readonly Sample[]): EventSource {
  const people = stage.district.staff.filter(({ roles }) => roles.includes('case_worker'));
  const sessions: Session[] = [];
  const someone = (): Session => {
    const at = randomInt(AT_WORK);
    const known = sessions[at];
    if (known !== undefined && known.left > 0) return known;
    const { id: staffId, agencyId, roles } = oneOf(people);
    const fresh = { staffId, agencyId, roles, hash: randomBytes(32).toString('hex'), seq: 0, left: 5 + randomInt(60) };
    sessions[at] = fresh;
    return fresh;
  };
  return {
    next(atMs) {
      const session = someone();
      session.seq += 1;
      session.left -= 1;
      return eventOf(session, atMs, samples);
    },
  };
}

function eventOf(session: Session, atMs: number, samples: readonly Sample[]): EventV1 {
  const deed = deedFor(randomInt(100));
  const shown = [...new Set(Array.from({ length: deed.cases }, () => oneOf(samples)))];
  const first = deed.cases === 1 ? shown[0] : undefined;
  const time = new Date(atMs).toISOString();
  return {
    v: 1,
    id: idAt(atMs),
    time,
    recorded: time,
    actor: session.staffId,
    agency: session.agencyId,
    owner: first?.agencyId ?? null,
    roles: session.roles,
    session: session.hash,
    seq: session.seq,
    action: deed.action,
    objectKind: first === undefined ? null : 'case',
    objectId: first?.caseId ?? null,
    cases: shown.map(({ caseId }) => caseId),
    compartments: deed.compartments,
    fields: [],
    purpose: 'case_work',
    reason: null,
    outcome: 'done',
    policies: ['case-team-reads'],
    request: idAt(atMs),
    count: deed.cases > 1 ? shown.length : null,
  };
}

function deedFor(percent: number): (typeof DEEDS)[number] {
  let sum = 0;
  return DEEDS.find(({ share }) => (sum += share) > percent) ?? DEEDS[0];
}

function oneOf<T>(list: readonly T[]): T {
  const found = list[randomInt(list.length)];
  if (found === undefined) throw new Error('nothing to draw from');
  return found;
}

/** A UUIDv7 of this moment. */
function idAt(ms: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(ms, 0, 6);
  bytes[6] = 0x70 | (bytes.readUInt8(6) & 0x0f);
  bytes[8] = 0x80 | (bytes.readUInt8(8) & 0x3f);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

export function bytesOf(event: EventV1): Buffer {
  return Buffer.from(canonicalJson(event));
}
