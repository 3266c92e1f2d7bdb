import type pg from 'pg';
import type { TestApp } from './app.ts';

/** What befalls one statement. The first three come from PostgreSQL itself; `reply lost` lets it run and loses its answer. */
export type Fault = 'disk full' | 'lock timeout' | 'backend terminated' | 'reply lost';
export const FAULTS: readonly Fault[] = ['disk full', 'lock timeout', 'backend terminated', 'reply lost'];

/** Strikes at the nth thing that a request asks of the database: a connection counts as one, then each statement. */
export type Faults = {
  /** Strikes once. */
  arm(fault: Fault, nth: number): void;
  /** What was struck, or null when the request passed with fewer steps; and lets everything through again. */
  disarm(): string | null;
  /** Things asked since it was armed. */
  steps(): number;
};

const raising = (code: string): string => `do $$ begin raise exception 'fault' using errcode = '${code}'; end $$`;
const INSTEAD: Readonly<Record<Exclude<Fault, 'reply lost'>, string>> = {
  'disk full': raising('53100'),
  'lock timeout': raising('55P03'),
  'backend terminated': 'select pg_terminate_backend(pg_backend_pid())',
};

type Query = (...given: unknown[]) => unknown;
type Plan = { fault: Fault; nth: number; seen: number; struck: string | null };

/** Stands between the application and its connections, on all of its pools. */
export function faultsOf(app: TestApp): Faults {
  let plan: Plan | null = null;
  const wrapped = new WeakSet<object>();
  const isNext = (what: string): boolean => {
    if (plan === null || plan.struck !== null) return false;
    plan.seen += 1;
    if (plan.seen !== plan.nth) return false;
    plan.struck = what;
    return true;
  };
  const wrap = (client: pg.PoolClient): void => {
    if (wrapped.has(client)) return;
    wrapped.add(client);
    const query = client.query.bind(client) as Query;
    client.query = ((...given: unknown[]) =>
      isNext(textOf(given))
        ? struck(client, query, { given, fault: plan?.fault ?? 'disk full' })
        : query(...given)) as never;
  };
  for (const pool of Object.values(app.context.pools)) guard(pool, { wrap, isNext });
  return {
    arm: (fault, nth) => void (plan = { fault, nth, seen: 0, struck: null }),
    disarm() {
      const what = plan?.struck ?? null;
      plan = null;
      return what;
    },
    steps: () => plan?.seen ?? 0,
  };
}

type Guarding = { wrap: (client: pg.PoolClient) => void; isNext: (what: string) => boolean };
type Done = (error: Error | undefined, client?: pg.PoolClient, release?: unknown) => void;

/** `pool.query` connects with a callback, works with a promise. */
function guard(pool: pg.Pool, { wrap, isNext }: Guarding): void {
  const connect = pool.connect.bind(pool) as (done?: Done) => Promise<pg.PoolClient>;
  pool.connect = ((done?: Done) => {
    if (isNext('connect')) {
      const error = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
      return done === undefined ? Promise.reject(error) : done(error);
    }
    if (done !== undefined)
      return connect((error, client, release) => {
        if (client !== undefined) wrap(client);
        done(error, client, release);
      });
    return connect().then((client) => {
      wrap(client);
      return client;
    });
  }) as never;
}

type Struck = { given: unknown[]; fault: Fault };

function struck(client: pg.PoolClient, query: Query, { given, fault }: Struck): unknown {
  const last = given.at(-1);
  const done = typeof last === 'function' ? [last] : [];
  if (fault !== 'reply lost') return query(INSTEAD[fault], ...done);
  const lose = (): never => {
    socketOf(client).destroy();
    throw Object.assign(new Error('the answer was lost'), { code: 'ECONNRESET' });
  };
  // With a callback (`pool.query`) the answer may come; losing it is the same as losing the statement.
  return done.length > 0 ? query(...given) : (query(...given) as Promise<unknown>).then(lose, lose);
}

function socketOf(client: pg.PoolClient): { destroy(): void } {
  return (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream;
}

function textOf([config]: unknown[]): string {
  const text = typeof config === 'string' ? config : String((config as { text?: unknown } | null)?.text ?? '');
  return text.trim().replaceAll(/\s+/g, ' ').slice(0, 60);
}
