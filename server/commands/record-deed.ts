import type { Config } from '../config/config.ts';
import { progress } from '../progress.ts';
import type { LoneDeed } from '../audit/index.ts';
import { openArchivist, recordDeed } from '../retention/index.ts';
import { openOwnerDatabase } from './owner-database.ts';

/**
 * Puts a deed of a command on record before it is done, in a transaction of its own.
 * @param command as typed after `npm run`, for the hint where the database cannot be opened
 * @throws CommandError where it cannot; then nothing may be done
 */
export async function recordBefore(config: Config, command: string, deed: LoneDeed): Promise<void> {
  const database = await openOwnerDatabase(config, {
    onStep: (step) => progress.step(`PostgreSQL: ${step}`),
    command: `${command} -- ${process.argv.slice(2).join(' ')}`,
  });
  const archivist = openArchivist(database.ownerUrl);
  try {
    await recordDeed(archivist, deed);
  } finally {
    await archivist.close();
    await database.close();
  }
}
