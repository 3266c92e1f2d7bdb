import pg from 'pg';

/** Tables whose rows carry keys, or yield to lasting ones. */
const SWEPT = ['access_grant', 'blind_index', 'referral'];
const PATIENCE = '15s';

/**
 * Writes the tables anew without what was deleted: a deleted row lies in its page until then. False when others kept a
 * table busy for too long; the erasure itself stands.
 */
export async function sweepDeleted(ownerUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'hien sweep' });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('set role hien_owner');
    await client.query(`set lock_timeout = '${PATIENCE}'`);
    for (const table of SWEPT) await client.query(`vacuum (full) hien.${table}`);
    await client.query('reset role');
    // The old files are let go of at the checkpoint; an owner without that right waits for the next one.
    await client.query('checkpoint').catch(() => {});
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '55P03') return false;
    throw error;
  } finally {
    await client.end();
  }
}
