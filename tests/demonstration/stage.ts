import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readConfig } from '../../server/config/config.ts';
import { createContext, type AppContext } from '../../server/context.ts';
import { migrate } from '../../server/db/migrate.ts';
import type { Seeding } from '../../server/demonstration/seed-demonstration.ts';
import { loadDirectory } from '../../server/directory/load-directory.store.ts';
import { keyringCustodian } from '../../server/keys/keyring-custodian.ts';
import { generateRingSecrets } from '../../server/keys/ring-secrets.ts';
import { startOwnServer, type OwnDatabase } from '../support/own-server.ts';

/** A migrated, empty database and the application on it, as `npm start` has them when it comes to the demonstration. */
export type Stage = {
  context: AppContext;
  database: OwnDatabase;
  seeding: Seeding;
  accounts(): Promise<{ username: string; password: string }[]>;
  close(): Promise<void>;
};

export async function aStage(): Promise<Stage> {
  const server = await startOwnServer();
  const database = await server.aDatabase();
  await migrate(database.ownerUrl);
  await loadDirectory(database.ownerUrl);
  await database.ask(`create role app_login login password 'a' in role hien_app`);
  await database.ask(`create role auditor_login login password 'b' in role hien_auditor`);
  const urls = { app: database.urlFor('app_login', 'a'), auditor: database.urlFor('auditor_login', 'b') };
  const custodian = keyringCustodian(generateRingSecrets(), () => performance.now());
  const config = readConfig({ LOG_LEVEL: 'silent', HIEN_DATA: server.folder, DATABASE_POOL: '4' });
  const context = await createContext(config, { urls, custodian });
  const accountsFile = join(server.folder, 'demo-accounts.json');
  return {
    context,
    database,
    seeding: {
      ownerUrl: database.ownerUrl,
      accountsFile,
      guardianFolder: join(server.folder, 'demo-guardian'),
      progress: { step: () => {}, count: () => {} },
      passwordParameters: 'argon2id m=1024 t=1 p=1',
    },
    accounts: async () => JSON.parse(await readFile(accountsFile, 'utf8')) as { username: string; password: string }[],
    async close() {
      await context.dispose();
      await database.close();
      await server.stop();
    },
  };
}
