import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { isMainThread } from 'node:worker_threads';
import { EmbeddedError } from './embedded-error.ts';
import { isRoot } from './embedded-site.ts';

/** Who owns the cluster's files, by numbers. */
export type Owner = { uid: number; gid: number };

/**
 * How programs of PostgreSQL are run here: words put before the command, and what ends the program when this process
 * is killed: a signal from the system, or a watcher at the other end of a pipe.
 */
export type Runner = { prefix: readonly string[]; watch: 'signal' | 'pipe'; owner: Owner };

/** One program to run; `output` is a file descriptor, or `pipe` to read it here. */
export type Launch = { program: string; args: readonly string[]; output: 'pipe' | number };

/** What has to be within reach: the data directory and the server program; `owner` of the cluster when there is one. */
export type Reach = { directory: string; postgres: string; owner: Owner | undefined };

const nobody: Owner = { uid: 65534, gid: 65534 };

/** Nothing of our own environment (passphrases, URLs) is handed on. */
const environment = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** No memory image may reach a disk, and no file may be readable by others. */
const careful = 'ulimit -c 0; umask 077';

const scripts: Readonly<Record<Runner['watch'], string>> = {
  signal: `${careful}; exec "$@"`,
  // The watcher reads "done" when all ended as it should; an end of the pipe without a word means that Node is gone.
  pipe: `${careful}; exec 3<&0 </dev/null; (read -r word <&3 || kill -INT $$) >/dev/null 2>&1 & exec "$@" 3<&-`,
};

/** Finds by trying the first way in which PostgreSQL runs here; throws `NO_ACCOUNT` or `BINARIES_BROKEN`. */
export async function chooseRunner(reach: Reach): Promise<Runner> {
  const faults: string[] = [];
  for (const runner of runnersFor(reach.owner)) {
    const fault = await probe(runner, reach);
    if (fault === undefined) return runner;
    faults.push(fault);
  }
  const said = faults.join(' | ');
  const isBroken = !isRoot() || /shared librar|library not loaded/i.test(said);
  throw new EmbeddedError(
    isBroken ? 'BINARIES_BROKEN' : 'NO_ACCOUNT',
    `${reach.directory}, ${reach.postgres}: ${said}`,
  );
}

function runnersFor(owner: Owner | undefined): readonly Runner[] {
  if (isRoot()) return rootRunners(owner);
  return ordinaryRunners({ uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 });
}

/** Starts a program apart from our terminal, so that Ctrl-C reaches Node alone and Node decides the order of things. */
export function launch(runner: Runner, { program, args, output }: Launch): ChildProcess {
  const words = ['-c', scripts[runner.watch], 'sh', ...runner.prefix, program, ...args];
  const input = runner.watch === 'pipe' ? 'pipe' : 'ignore';
  const child = spawn('/bin/sh', words, {
    cwd: '/',
    detached: true,
    env: environment,
    stdio: [input, output, output],
  });
  child.stdin?.on('error', () => undefined);
  child.once('exit', () => child.stdin?.end('done\n'));
  return child;
}

function ordinaryRunners(owner: Owner): readonly Runner[] {
  const piped: Runner = { prefix: [], watch: 'pipe', owner };
  const signalled: Runner = { prefix: ['setpriv', '--pdeathsig', 'INT'], watch: 'signal', owner };
  // The system sends that signal when the starting *thread* ends, and a worker may end long before its process.
  return isMainThread ? [signalled, piped] : [piped];
}

/** PostgreSQL refuses to run as root: a restricted account, or root without its powers in a namespace of its own. */
function rootRunners(found: Owner | undefined): readonly Runner[] {
  const owner = found === undefined || found.uid === 0 ? nobody : found;
  const account = ['setpriv', `--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups'];
  const inside = namespaceUser();
  const namespace = ['unshare', '--user', `--map-user=${inside}`, `--map-group=${inside}`];
  const root: Owner = { uid: 0, gid: 0 };
  const watch = isMainThread ? 'signal' : 'pipe';
  const signal = isMainThread ? ['--pdeathsig', 'INT'] : [];
  return [
    { prefix: [...account, ...signal], watch, owner },
    { prefix: [...namespace, ...(isMainThread ? ['setpriv', ...signal] : [])], watch, owner: root },
  ];
}

/** `initdb` asks the system for the name of its user: 1000 where that has one, else nobody, who always has. */
function namespaceUser(): number {
  try {
    return /^[^:\n]*:[^:\n]*:1000:/m.test(readFileSync('/etc/passwd', 'utf8')) ? 1000 : nobody.uid;
  } catch {
    return nobody.uid;
  }
}

/** Undefined when the account passes through the directory and the server program answers; else what was said. */
async function probe(runner: Runner, { directory, postgres }: Reach): Promise<string | undefined> {
  const script = 'cd "$1" && exec "$2" --version';
  const [program = '/bin/sh', ...args] = [...runner.prefix, '/bin/sh', '-c', script, 'sh', directory, postgres];
  try {
    await promisify(execFile)(program, args, { cwd: '/', env: environment, timeout: 10_000 });
    return undefined;
  } catch (error) {
    return error instanceof Error
      ? error.message.split('\n').slice(1).join(' ').trim() || error.message
      : String(error);
  }
}
