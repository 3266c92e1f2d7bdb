import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, lchown, lstat, mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { postgresMajor } from './embedded-binaries.ts';
import { EmbeddedError } from './embedded-error.ts';
import { launch } from './embedded-runner.ts';
import type { Owner, Runner } from './embedded-runner.ts';
import { hasCode, isRoot, syncDirectory, unfinishedPrefix } from './embedded-site.ts';
import type { Site } from './embedded-site.ts';

/** Name of the superuser of every embedded cluster. */
export const superuserName = 'postgres';

/** Who owns the cluster; undefined when there is none yet. */
export async function ownerOfCluster(site: Site): Promise<Owner | undefined> {
  try {
    const { uid, gid } = await lstat(site.cluster);
    return { uid, gid };
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Checks an existing cluster, hands it to the account that will run it, and returns the superuser's password. */
export async function openCluster(site: Site, runner: Runner): Promise<string> {
  const current = await ownerOfCluster(site);
  if (current?.uid !== runner.owner.uid) {
    if (!isRoot()) throw new EmbeddedError('NOT_WRITABLE', site.cluster);
    await give(site.cluster, runner.owner);
  }
  const version = await readFile(join(site.cluster, 'PG_VERSION'), 'utf8').catch(() => '');
  if (version.trim() !== postgresMajor)
    throw new EmbeddedError('CLUSTER_UNKNOWN', `${site.cluster}: "${version.trim()}"`);
  const password = await readFile(site.secret, 'utf8').catch(() => '');
  if (!/^[\w-]{43}\n$/.test(password)) throw new EmbeddedError('SECRET_MISSING', site.secret);
  return password.trim();
}

/** Makes a cluster under a passing name, and gives it its true name only when it is whole. Returns the password. */
export async function makeCluster(site: Site, runner: Runner, initdb: string): Promise<string> {
  const draft = join(site.directory, unfinishedPrefix + randomBytes(4).toString('hex'));
  const handedOver = `${draft}.secret`;
  const password = randomBytes(32).toString('base64url');
  try {
    await mkdir(draft, { mode: 0o700 });
    await chown(draft, runner.owner.uid, runner.owner.gid);
    // The account that makes the cluster cannot read our own secret file, so it gets one that lives for a second.
    await writeSecret(handedOver, password);
    await chown(handedOver, runner.owner.uid, runner.owner.gid);
    await runToEnd(launch(runner, { program: initdb, args: initdbArguments(draft, handedOver), output: 'pipe' }));
    await writeSecret(`${site.secret}.new`, password);
    await rename(`${site.secret}.new`, site.secret);
    await rename(draft, site.cluster);
    await syncDirectory(site.directory);
    return password;
  } finally {
    await rm(handedOver, { force: true });
    await rm(draft, { recursive: true, force: true });
  }
}

function initdbArguments(folder: string, passwordFile: string): readonly string[] {
  // Code point order whatever the system's library is; macOS knows no C.UTF-8, so PostgreSQL's own one serves there.
  const builtin = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const locale = process.platform === 'darwin' ? builtin : ['--locale=C.UTF-8'];
  const access = ['--auth-local=reject', '--auth-host=scram-sha-256', `--pwfile=${passwordFile}`];
  return ['-D', folder, '-U', superuserName, '-E', 'UTF8', ...locale, ...access, '--no-instructions'];
}

async function runToEnd(child: ChildProcess): Promise<void> {
  const output: string[] = [];
  child.stdout?.on('data', (chunk) => output.push(String(chunk)));
  child.stderr?.on('data', (chunk) => output.push(String(chunk)));
  const [code, signal]: unknown[] = await once(child, 'close');
  if (code === 0) return;
  const lastWords = output.join('').trim().split('\n').slice(-5).join(' ');
  throw new EmbeddedError('INITDB_FAILED', `${String(signal ?? code)}: ${lastWords}`);
}

async function writeSecret(path: string, password: string): Promise<void> {
  await rm(path, { force: true });
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(`${password}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The folder itself comes last: when interrupted, the next start sees the old owner and does it again. */
async function give(folder: string, { uid, gid }: Owner): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    await lchown(join(entry.parentPath, entry.name), uid, gid);
  }
  await lchown(folder, uid, gid);
}
