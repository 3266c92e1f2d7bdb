import { Socket } from 'node:net';
import pg from 'pg';

const DATE_OID = 1082;
const INT8_OID = 20;

// A calendar day stays text: it has no time zone. Counts fit a double.
pg.types.setTypeParser(DATE_OID, (value) => value);
pg.types.setTypeParser(INT8_OID, Number);

export type PoolOptions = {
  url: string;
  max: number;
  onError: (error: Error) => void;
  /** A role that the login is a member of, taken on at once. */
  role?: 'hien_keeper' | 'hien_sequencer';
};

/**
 * A pool of pipelining connections that look into the schema `hien`. Statements are planned once per connection: the
 * policies of row-level security make planning dearer than running.
 */
export function openPool(options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max,
    options: `-c search_path=hien,pg_temp -c plan_cache_mode=${planning(options)}${options.role === undefined ? '' : ` -c role=${options.role}`}`,
    pipeline: true,
    stream: gatheringSocket,
    application_name: 'hien',
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
  } as pg.PoolConfig);
  // Once the pool is being closed, a connection that the server ends first is no news.
  const report = (error: Error): void => (pool.ending ? undefined : options.onError(error));
  pool.on('error', report);
  // A connection that breaks while it is lent out has nobody else to tell; unheard, it would end the process.
  pool.on('connect', (client) => void client.on('error', report));
  return pool;
}

/**
 * Plans are made once, perhaps while a table holds a handful of rows, and must still hold when it has grown: a look-up goes
 * by its index. The sequencer's tree grows from nothing under one connection, so a plan made for empty tables would be its
 * plan for hours; and its few thousand events look up their leaves one by one, however many leaves there are.
 */
function planning({ role }: PoolOptions): string {
  if (role !== 'hien_sequencer') return 'force_generic_plan -c enable_seqscan=off';
  return 'force_custom_plan -c enable_hashjoin=off -c enable_mergejoin=off';
}

/**
 * A socket that sends what is written in one go of the event loop as one packet: statements that are asked together
 * travel together, and neither side is woken for each of them.
 */
function gatheringSocket(): Socket {
  const socket = new Socket();
  const { cork, uncork } = socket;
  let isGathering = false;
  socket.cork = () => {
    if (isGathering) return;
    isGathering = true;
    cork.call(socket);
    setImmediate(() => {
      isGathering = false;
      uncork.call(socket);
    });
  };
  // The client uncorks after each statement; the end of the event loop's go does it for all of them.
  socket.uncork = () => {};
  return socket;
}
