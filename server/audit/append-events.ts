import type { PoolClient } from 'pg';
import type { Note, Work } from '../db/work.ts';
import { newId } from '../kernel/ids.ts';
import { checkEvent, eventAroundSeq, type EventV1 } from './event.rules.ts';

type Row = { event: Omit<EventV1, 'seq'>; before: string; after: string };

const COLUMNS =
  'id, recorded_at, occurred_at, epoch, actor_id, agency_id, owner_agency_id, action, outcome, object_kind, object_id, event';

/** One statement numbers the events within their session, stores them and the cases they showed. */
const APPEND = {
  name: 'append_events',
  text: `
with given as (
  select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::uuid[]) with ordinality
    as g (id, before, after, action, outcome, object_id, owner_agency_id, nth)
), kinds as (
  select * from unnest($8::text[]) with ordinality as k (object_kind, nth)
), counted as materialized (
  select hien.advance_session($9::int) as last_seq, (select audit_epoch from hien.installation) as epoch
), stored as (
  insert into hien.audit_event (${COLUMNS})
  select g.id, $10::timestamptz, $11::timestamptz, c.epoch, $12::uuid, $13::uuid, g.owner_agency_id, g.action, g.outcome, k.object_kind, g.object_id,
         convert_to(g.before || coalesce((c.last_seq + g.nth)::text, 'null') || g.after, 'UTF8')
    from given g join kinds k using (nth) cross join counted c
)
insert into hien.audit_event_case (case_id, event_id, recorded_at)
select * from unnest($14::uuid[], $15::uuid[], $16::timestamptz[])`,
};

/** Appends the notes of one work as events v1 inside its own transaction; wired into `Work` by the composition root. */
export function appendEvents(work: Work, client: PoolClient, notes: readonly Note[]): Promise<unknown> {
  const recordedAt = new Date();
  const rows = notes.map((note) => rowOf(work, note, recordedAt));
  const events = rows.map((row) => row.event);
  const shown = events.flatMap((event) => event.cases.map((caseId) => ({ caseId, eventId: event.id })));
  return client.query({
    ...APPEND,
    values: [
      events.map((event) => event.id),
      rows.map((row) => row.before),
      rows.map((row) => row.after),
      events.map((event) => event.action),
      events.map((event) => event.outcome),
      events.map((event) => event.objectId),
      events.map((event) => event.owner),
      events.map((event) => event.objectKind),
      events.length,
      recordedAt,
      work.now,
      events[0]?.actor ?? null,
      events[0]?.agency ?? null,
      shown.map((line) => line.caseId),
      shown.map((line) => line.eventId),
      shown.map(() => recordedAt),
    ],
  });
}

function rowOf(work: Work, note: Note, recordedAt: Date): Row {
  const event = eventOf(work, note, recordedAt);
  checkEvent(event);
  return { event, ...eventAroundSeq(event) };
}

function eventOf(work: Work, note: Note, recordedAt: Date): Omit<EventV1, 'seq'> {
  const { actor, request } = work;
  const who = actor.kind === 'staff' ? actor : null;
  return {
    v: 1,
    id: newId(),
    time: work.now.toISOString(),
    recorded: recordedAt.toISOString(),
    ...(request.isDemonstration ? { demonstration: true as const } : {}),
    actor: who?.staffId ?? null,
    agency: who?.agencyId ?? null,
    roles: who?.roles ?? [],
    session: who?.sessionHash.toString('hex') ?? null,
    purpose: work.purpose === '' ? null : work.purpose,
    request: request.requestId,
    ...objectOf(work, note),
    ...contentOf(work, note),
  };
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
