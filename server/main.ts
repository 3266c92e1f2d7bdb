import type { Server } from 'node:http';
import path from 'node:path';
import { createApp } from './app.ts';
import { buildClientIfNeeded } from './build-client.ts';
import { readConfig, type Config } from './config/config.ts';
import { createContext, type AppContext } from './context.ts';
import { migrate } from './db/migrate.ts';
import { openDatabase, type OpenDatabase } from './db/open-database.ts';
import { loadDirectory } from './directory/load-directory.store.ts';
import { seedDemonstration } from './demonstration/index.ts';
import { listenMetrics } from './http/metrics/listen-metrics.ts';
import type { Custodian } from './keys/index.ts';
import { openConfigured } from './keys/open-custodian.ts';
import { lifeOf } from './life.ts';
import { progress } from './progress.ts';

/** Life of the process: config → database → context → listen → signal → dispose. */
async function main(): Promise<void> {
  const config = readConfig();
  const built = config.database === null ? buildClientIfNeeded() : Promise.resolve();
  built.catch(() => {});
  const life = lifeOf({ watchParent: config.database === null });
  // First of all: whoever cannot open the keys has nothing to start for.
  const custodian = await openConfigured(config, config.database === null);
  const database = await openDatabase(config, (step) => progress.step(`PostgreSQL: ${step}`), prepare);
  life.onEnd(() => database.stop());
  void database.ended.then((reason) => life.fail(new Error(`PostgreSQL: ${reason}`)));
  const context = await contextFor(config, database, custodian);
  life.onEnd(() => context.dispose());
  if (database.isEmbedded && config.isDemonstrationWanted && database.ownerUrl !== undefined) {
    await seedDemonstration(context, {
      ownerUrl: database.ownerUrl,
      accountsFile: accountsFile(config),
      guardianFolder: guardianFolder(config),
      progress,
    });
  }
  await built;
  const server = await listen(config, context);
  life.onEnd(() => close(server));
  if (config.metrics !== null && context.metrics !== null) {
    const beside = await listenMetrics(context.metrics, config.metrics);
    life.onEnd(() => close(beside));
  }
  announce(config, server);
  await life.ended;
}

async function prepare(ownerUrl: string): Promise<void> {
  const { applied } = await migrate(ownerUrl, (name) => progress.step(`migration ${name}`));
  if (applied.length > 0) progress.step('directory');
  await loadDirectory(ownerUrl);
}

async function contextFor(config: Config, database: OpenDatabase, custodian: Custodian): Promise<AppContext> {
  const context = await createContext(config, { urls: database.urls, custodian });
  // Everybody can read the demonstration's story, and its passwords lie in a file.
  if (!database.isEmbedded && context.directory.snapshot().isDemonstration) {
    await context.dispose();
    throw new Error(
      'DATABASE_URL là cơ sở dữ liệu minh hoạ, có tài khoản minh hoạ; hãy dùng một cơ sở dữ liệu mới. / DATABASE_URL is a demonstration with demonstration accounts; use a new database.',
    );
  }
  return context;
}

async function listen(config: Config, context: AppContext): Promise<Server> {
  const app = await createApp(context);
  return new Promise((resolve, reject) => {
    const server = app.listen(config.port, config.host, (error?: Error) =>
      error === undefined ? resolve(server) : reject(error),
    );
    server.requestTimeout = config.limits.requestTimeoutMs;
  });
}

async function close(server: Server): Promise<void> {
  server.closeIdleConnections();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    setTimeout(() => server.closeAllConnections(), 3_000).unref();
  });
}

function accountsFile(config: Config): string {
  return path.resolve(config.dataFolder, 'demo-accounts.json');
}

function guardianFolder(config: Config): string {
  return path.resolve(config.dataFolder, 'demo-guardian');
}

function announce(config: Config, server: Server): void {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  console.log(`\nSổ công việc: http://${config.host}:${port}`);
  if (config.database === null && config.isDemonstrationWanted)
    console.log(
      `Tài khoản minh hoạ / Demonstration accounts: ${accountsFile(config)}\nKhóa dự phòng minh hoạ, thật thì không bao giờ nằm ở đây / Shares of the demonstration's guardian, which in earnest never lie here: ${guardianFolder(config)}`,
    );
  console.log('Dừng / Stop: Ctrl-C');
}

main().catch((error: unknown) => {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
  setTimeout(() => process.exit(1), 100).unref();
});
