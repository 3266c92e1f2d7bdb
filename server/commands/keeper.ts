import { eventStatements } from '../audit/index.ts';
import { openPool } from '../db/pool.ts';
import type { WorkPorts } from '../db/work.ts';

/** One goes through the rows, one records, one asks for public keys. */
const CONNECTIONS = 3;

/** The owner's connection, acting as the keeper of keys and with no other right. */
export function keeperPorts(ownerUrl: string): WorkPorts & { close(): Promise<void> } {
  const pool = openPool({
    url: ownerUrl,
    max: CONNECTIONS,
    role: 'hien_keeper',
    onError: (error) => void process.stderr.write(`${error.message}\n`),
  });
  return { pool, eventsOf: eventStatements, close: () => pool.end() };
}
