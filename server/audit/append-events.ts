import type { ClientBase } from 'pg';
import { sendEvents, type EventStatement } from '../db/event-statements.ts';
import type { Note, Work } from '../db/work.ts';
import { newId } from '../kernel/ids.ts';
import { isDeed } from './vocabulary.ts';
import { checkEvent, eventAroundSeq, isSystem, SYSTEM, type EventV1 } from './event.rules.ts';

const NOBODY = { actor: null, agency: null, roles: [], session: null };

type Row = { event: Omit<EventV1, 'seq'>; before: string; after: string };

const COLUMNS =
  'id, recorded_at, occurred_at, epoch, actor_id, agency_id, owner_agency_id, action, outcome, object_kind, object_id, event';

/** One statement numbers an event within its session, stores it and the cases it showed. */
const APPEND = `
with counted as materialized (
  select hien.advance_session(1) as last_seq, (select audit_epoch from hien.installation) as epoch
), stored as (
  insert into hien.audit_event (${COLUMNS})
  select $1::uuid, $2::timestamptz, $3::timestamptz, c.epoch, $4::uuid, $5::uuid, $6::uuid, $7::text, $8::text, $9::text, $10::uuid,
         convert_to($11::text || coalesce((c.last_seq + 1)::text, 'null') || $12::text, 'UTF8')
    from counted c
)
insert into hien.audit_event_case (case_id, event_id, recorded_at, is_deed)
select unnest($13::uuid[]), $1::uuid, $2::timestamptz, $14::boolean`;

/**
 * The statements that store the notes of one work as events v1; wired into `Work` by the composition root.
 * @throws Error for what is no event v1
 */
export function eventStatements(work: Work, notes: readonly Note[]): EventStatement[] {
  const recordedAt = new Date();
  return notes.map((note) => ({ text: APPEND, values: valuesOf(rowOf(work, note, recordedAt), recordedAt, work.now) }));
}

/** Appends them in the transaction that is open on `client`. */
export async function appendEvents(work: Work, client: ClientBase, notes: readonly Note[]): Promise<void> {
  await sendEvents(client, eventStatements(work, notes));
}

function valuesOf({ event, before, after }: Row, recordedAt: Date, occurredAt: Date): EventStatement['values'] {
  const { id, actor, agency, owner, action, outcome, objectKind, objectId, cases } = event;
  // The column holds persons only; a job of the system stands in the event itself.
  const who = [isSystem(actor) ? null : actor, agency, owner];
  return [
    id,
    recordedAt,
    occurredAt,
    ...who,
    action,
    outcome,
    objectKind,
    objectId,
    before,
    after,
    cases,
    isDeed(event),
  ];
}

function rowOf(work: Work, note: Note, recordedAt: Date): Row {
  const event = eventOf(work, note, recordedAt);
  checkEvent(event);
  return { event, ...eventAroundSeq(event) };
}

function eventOf(work: Work, note: Note, recordedAt: Date): Omit<EventV1, 'seq'> {
  const { request } = work;
  return {
    v: 1,
    id: newId(),
    time: work.now.toISOString(),
    recorded: recordedAt.toISOString(),
    ...(request.isDemonstration ? { demonstration: true as const } : {}),
    ...actorOf(work),
    purpose: work.purpose === '' ? null : work.purpose,
    request: request.requestId,
    ...objectOf(work, note),
    ...contentOf(work, note),
  };
}

function actorOf({ actor }: Work): Pick<EventV1, 'actor' | 'agency' | 'roles' | 'session'> {
  if (actor.kind === 'system') return { ...NOBODY, actor: `${SYSTEM}${actor.job}` };
  if (actor.kind !== 'staff') return NOBODY;
  const { staffId, agencyId, roles, sessionHash } = actor;
  return { actor: staffId, agency: agencyId, roles, session: sessionHash.toString('hex') };
}

type ObjectPart = Pick<EventV1, 'action' | 'objectKind' | 'objectId' | 'owner' | 'outcome'>;

function objectOf(work: Work, note: Note): ObjectPart {
  const { deed } = work.request;
  return {
    action: note.action ?? deed.action,
    objectKind: note.objectKind ?? deed.objectKind ?? null,
    objectId: note.objectId ?? deed.objectId ?? null,
    owner: note.ownerAgencyId ?? null,
    outcome: note.outcome ?? 'done',
  };
}

type ContentPart = Pick<EventV1, 'cases' | 'compartments' | 'fields' | 'reason' | 'policies' | 'count'>;

function contentOf(work: Work, note: Note): ContentPart {
  return {
    cases: note.caseIds ?? [],
    compartments: note.compartments ?? [],
    fields: note.fields ?? [],
    reason: note.reasonCode ?? null,
    policies: note.policies ?? work.policies,
    count: note.count ?? null,
  };
}
