import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A living process. `identity` differs from that of any other process that ever had or will have the same number. */
export type ProcessView = { parent: number; command: string; identity: string };

/** What the system says about a process; undefined when it does not live (any more), or is only waiting to be buried. */
export function viewProcess(pid: number): ProcessView | undefined {
  return existsSync('/proc/self/stat') ? viewByProc(pid) : viewByPs(pid);
}

/** Resolves with true as soon as this very process has ended, with false when it still lives after `limitMs`. */
export async function hasEndedWithin(pid: number, limitMs: number): Promise<boolean> {
  const identity = viewProcess(pid)?.identity;
  const giveUpAt = Date.now() + limitMs;
  while (identity !== undefined && viewProcess(pid)?.identity === identity) {
    if (Date.now() > giveUpAt) return false;
    await sleep(20);
  }
  return true;
}

function viewByProc(pid: number): ProcessView | undefined {
  const stat = readOrEmpty(`/proc/${pid}/stat`);
  // The second field is the program's name in brackets and may itself hold spaces and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, parent] = fields;
  const startedAt = fields[19];
  if (state === undefined || parent === undefined || startedAt === undefined || /[ZX]/.test(state)) return undefined;
  const command = readOrEmpty(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');
  // The start time counts from the machine's start, so that start has to be named too.
  const boot = readOrEmpty('/proc/sys/kernel/random/boot_id').trim();
  return { parent: Number(parent), command, identity: `${boot}:${startedAt}` };
}

/** The same by the `ps` of systems without /proc. */
export function viewByPs(pid: number): ProcessView | undefined {
  const row = /^\s*(\S+)\s+(\d+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\d{4})\s+(.*)$/.exec(rowOfPs(pid));
  const [, state, parent, startedAt, command] = row ?? [];
  if (state === undefined || startedAt === undefined || state.startsWith('Z')) return undefined;
  return { parent: Number(parent), command: `${command ?? ''} `, identity: startedAt };
}

function rowOfPs(pid: number): string {
  const args = ['-ww', '-o', 'stat=,ppid=,lstart=,command=', '-p', String(pid)];
  try {
    return execFileSync('/bin/ps', args, {
      encoding: 'utf8',
      env: { LC_ALL: 'C', TZ: 'UTC' },
      stdio: 'pipe',
    }).trimEnd();
  } catch {
    return '';
  }
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
