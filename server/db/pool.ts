import pg from 'pg';

const DATE_OID = 1082;
const INT8_OID = 20;

// A calendar day stays text: it has no time zone. Counts fit a double.
pg.types.setTypeParser(DATE_OID, (value) => value);
pg.types.setTypeParser(INT8_OID, Number);

export type PoolOptions = { url: string; max: number; onError: (error: Error) => void };

/** A pool of pipelining connections that look into the schema `hien`. */
export function openPool(options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max,
    options: '-c search_path=hien,pg_temp',
    pipeline: true,
    application_name: 'hien',
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
  } as pg.PoolConfig);
  pool.on('error', options.onError);
  return pool;
}
