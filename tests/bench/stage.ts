import { mkdtemp, rm } from 'node:fs/promises';
import { chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { readConfig, type Config } from '../../server/config/config.ts';
import { migrate } from '../../server/db/migrate.ts';
import { openDatabase, type OpenDatabase } from '../../server/db/open-database.ts';
import { readDistrict, type District } from '../../server/demonstration/district.ts';
import { loadDistrict, type Account } from '../../server/demonstration/load-district.store.ts';
import { loadDirectory } from '../../server/directory/load-directory.store.ts';
import type { Custodian } from '../../server/keys/index.ts';
import { keyringPlace, openCustodian } from '../../server/keys/open-custodian.ts';
import { progress } from '../../server/progress.ts';

/** Weak on purpose: signing in is not what is measured. */
const CHEAP_PASSWORDS = 'argon2id m=8192 t=1 p=1';

/** An empty district on an embedded PostgreSQL of its own, in a folder that vanishes with it. */
export type Stage = {
  folder: string;
  config: Config;
  database: OpenDatabase;
  ownerUrl: string;
  custodian: Custodian;
  district: District;
  accounts: readonly Account[];
  dismantle(): Promise<void>;
};

export async function buildStage(): Promise<Stage> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hien-bench-'));
  // The account that runs PostgreSQL has to pass through.
  chmodSync(folder, 0o711);
  const config = readConfig({ HIEN_DATA: folder });
  let ownerUrl = '';
  const database = await openDatabase(
    config,
    (step) => progress.step(`PostgreSQL: ${step}`),
    async (url) => {
      ownerUrl = url;
      await migrate(url);
      await loadDirectory(url);
    },
  ).catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  let custodian: Custodian | undefined;
  const dismantle = async (): Promise<void> => {
    custodian?.close();
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    custodian = await openCustodian(keyringPlace(folder, config.keyring), true);
    const district = await readDistrict();
    const accounts = await loadDistrict(ownerUrl, {
      district,
      custodian,
      passwordParameters: CHEAP_PASSWORDS,
      onStaff: () => {},
    });
    await passForOrdinary(ownerUrl);
    return { folder, config, database, ownerUrl, custodian, district, accounts, dismantle };
  } catch (error) {
    await dismantle();
    throw error;
  }
}

/** The server does not serve a demonstration from a database that it was given; here the district is only a backdrop. */
async function passForOrdinary(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query('update hien.installation set is_demonstration = false');
  await client.end();
}
