import type { Pool, PoolClient, QueryConfig } from 'pg';
import { newId } from '../../server/kernel/ids.ts';
import type { Template } from './bare-rows.ts';

export type Statement = QueryConfig & { name: string };

/** One person's bare SQL: prepared statements on a pool, in a transaction, nothing else. */
export type BareSession = {
  sessionId: string;
  staffId: string;
  agencyId: string;
  /** One transaction; each inner list may go out at once where the run is pipelined. */
  transaction(...steps: readonly (readonly Statement[])[]): Promise<void>;
};

export function bareSession(
  pool: Pool,
  who: { sessionId: string; staffId: string; agencyId: string },
  isPipelined: boolean,
): BareSession {
  const send = isPipelined ? atOnce : inTurn;
  return {
    ...who,
    async transaction(...steps) {
      const client = await pool.connect();
      try {
        const [first = [], ...rest] = steps;
        const begun = [{ name: 'begin', text: 'begin' }, ...first];
        const last = rest.pop();
        await send(client, last === undefined ? [...begun, COMMIT] : begun);
        for (const step of rest) await send(client, step);
        if (last !== undefined) await send(client, [...last, COMMIT]);
      } finally {
        client.release();
      }
    },
  };
}

const COMMIT = { name: 'commit', text: 'commit' };

async function inTurn(client: PoolClient, statements: readonly Statement[]): Promise<void> {
  for (const statement of statements) await client.query(statement);
}

async function atOnce(client: PoolClient, statements: readonly Statement[]): Promise<void> {
  await Promise.all(statements.map((statement) => client.query(statement)));
}

/** An event as the system writes it, of the same bytes: its row, its lines per case, the session's next number. */
export function eventStatements(session: BareSession, event: EventTemplate, caseIds: readonly string[]): Statement[] {
  const id = newId();
  const now = new Date();
  const values = event.row.rows[0]?.map((value, index) => {
    const column = event.row.columns[index];
    if (column === 'id') return id;
    return column === 'recorded_at' || column === 'occurred_at' ? now : value;
  });
  const places = event.row.columns.map((_, index) => `$${index + 1}`);
  return [
    {
      name: 'bare session',
      text: 'update hien.staff_session set event_seq = event_seq + 1, last_seen_at = clock_timestamp() where id = $1',
      values: [session.sessionId],
    },
    {
      name: 'bare event',
      text: `insert into hien.audit_event (${event.row.columns.join(', ')}) values (${places.join(', ')})`,
      values: values ?? [],
    },
    {
      name: 'bare event cases',
      text: 'insert into hien.audit_event_case (case_id, event_id, recorded_at, is_deed) select unnest($1::uuid[]), $2, $3, $4',
      values: [caseIds, id, now, event.isDeed],
    },
  ];
}

/** The newest event of an action, without its transaction number, which the database gives. */
export type EventTemplate = { row: Template; caseIds: readonly string[]; isDeed: boolean };
