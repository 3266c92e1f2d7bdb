import type pg from 'pg';
import type { EventV1 } from '../../server/audit/event.rules.ts';
import { keptCheckpoint } from '../../server/audit/commands.ts';
import { FIRST_PASS, sequenceEvents, type Pass } from '../../server/audit/sequencer/sequence-events.ts';
import { boundRun } from '../../server/db/bound-kysely.ts';
import { openPool } from '../../server/db/pool.ts';
import { AUDIT_LOG_KEY, derivedSigningKey } from '../../server/keys/index.ts';
import { bytesOf } from './audit-events.ts';
import type { Stage } from './stage.ts';

const APPEND = {
  name: 'append events',
  text: `with stored as (
    insert into hien.audit_event (id, recorded_at, occurred_at, epoch, actor_id, agency_id, owner_agency_id, action, outcome, object_kind, object_id, event)
    select id, at, at, (select audit_epoch from hien.installation), actor, agency, owner, action, 'done', kind, object, event
      from unnest($1::uuid[], $2::timestamptz[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::uuid[], $9::bytea[])
        as u (id, at, actor, agency, owner, action, kind, object, event))
  insert into hien.audit_event_case (case_id, event_id, recorded_at)
  select * from unnest($10::uuid[], $11::uuid[], $12::timestamptz[])`,
};

/** Stores events in one transaction, as many as there are. */
export async function appendAll(client: pg.ClientBase, events: readonly EventV1[]): Promise<void> {
  const of = <K extends keyof EventV1>(name: K): EventV1[K][] => events.map((event) => event[name]);
  const shown = events.flatMap(({ cases, id, recorded }) => cases.map((caseId) => ({ caseId, id, recorded })));
  await client.query({
    ...APPEND,
    values: [
      ...[of('id'), of('recorded'), of('actor'), of('agency'), of('owner'), of('action'), of('objectKind')],
      of('objectId'),
      events.map(bytesOf),
      ...[shown.map(({ caseId }) => caseId), shown.map(({ id }) => id), shown.map(({ recorded }) => recorded)],
    ],
  });
}

/** The real sequencer, pass after pass, on a connection of its own role. */
export type Sequencing = { seal(): Promise<number>; close(): Promise<void> };

export async function openSequencing(stage: Stage): Promise<Sequencing> {
  const pool = openPool({
    url: stage.database.urls.sequencer ?? '',
    max: 1,
    role: 'hien_sequencer',
    onError: () => {},
  });
  const client = await pool.connect();
  const key = derivedSigningKey(stage.custodian, AUDIT_LOG_KEY);
  const parts = {
    run: boundRun(client, () => true),
    key,
    keeping: keptCheckpoint(stage.config.audit.folder),
    wantedOrigin: null,
  };
  let pass: Pass = FIRST_PASS;
  return {
    async seal() {
      let sealed = 0;
      for (let isCutOff = true; isCutOff;) {
        const result = await sequenceEvents(parts, pass);
        pass = { from: result.next, isFirst: false };
        sealed += result.sequenced;
        ({ isCutOff } = result);
      }
      return sealed;
    },
    async close() {
      client.release(true);
      await pool.end();
    },
  };
}

/** Partitions of the months since `since`, as a system that has run since then has them. */
export async function makeEarlierPartitions(client: pg.ClientBase, since: Date): Promise<void> {
  const now = new Date();
  const months = (now.getUTCFullYear() - since.getUTCFullYear()) * 12 + now.getUTCMonth() - since.getUTCMonth();
  for (let nth = 0; nth < months; nth += 1) {
    const [from, to] = [nth, nth + 1].map(
      (add) => new Date(Date.UTC(since.getUTCFullYear(), since.getUTCMonth() + add)),
    );
    for (const base of ['audit_event', 'audit_event_case']) {
      const name = `${base}_${from?.toISOString().slice(0, 7).replace('-', '_')}`;
      await client.query(
        `create table hien.${name} partition of hien.${base} for values from ('${from?.toISOString()}') to ('${to?.toISOString()}')`,
      );
      await client.query(
        `alter table hien.${name} enable row level security; alter table hien.${name} force row level security`,
      );
    }
  }
}
