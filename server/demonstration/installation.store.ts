import pg from 'pg';

/**
 * What this installation is. `isEmpty`: nobody has been set up. A demonstration that began and is not done was cut
 * off half-way; `beganAtMs` is the moment from which its history counts back.
 */
export type Installation = { isEmpty: boolean; isDemonstration: boolean; beganAtMs: number; isDone: boolean };

const READ = `select is_demonstration as "isDemonstration", not exists (select 1 from hien.staff) as "isEmpty",
  (extract(epoch from coalesce(demonstration_began_at, created_at)) * 1000)::float8 as "beganAtMs",
  demonstration_done_at is not null as "isDone" from hien.installation`;

export async function readInstallation(ownerUrl: string): Promise<Installation> {
  return asOwner(ownerUrl, async (client) => {
    const { rows } = await client.query<Installation>(READ);
    const [row] = rows;
    if (row === undefined) throw new Error('hien.installation is empty');
    return { ...row, beganAtMs: Math.floor(row.beganAtMs) };
  });
}

/** From now on the demonstration belongs to the people who try it: no start plays history again. */
export async function markDemonstrationDone(ownerUrl: string): Promise<void> {
  await asOwner(ownerUrl, (client) => client.query('update hien.installation set demonstration_done_at = now()'));
}

async function asOwner<T>(ownerUrl: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'hien demonstration' });
  await client.connect();
  try {
    await client.query('set role hien_owner');
    return await run(client);
  } finally {
    await client.end();
  }
}
