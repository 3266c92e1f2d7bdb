import { appendEvents } from '../audit/index.ts';
import { openPool } from '../db/pool.ts';
import type { WorkPorts } from '../db/work.ts';

/** One connection goes through the rows while the other records. */
const CONNECTIONS = 2;

/** The owner's connection, acting as the keeper of keys and with no other right. */
export function keeperPorts(ownerUrl: string): WorkPorts & { close(): Promise<void> } {
  const pool = openPool({
    url: ownerUrl,
    max: CONNECTIONS,
    role: 'hien_keeper',
    onError: (error) => void process.stderr.write(`${error.message}\n`),
  });
  return { pool, append: appendEvents, close: () => pool.end() };
}
