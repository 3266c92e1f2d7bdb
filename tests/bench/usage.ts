import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

let ticksPerSecond = 0;

/**
 * CPU seconds that the embedded PostgreSQL has used so far, its ended children included; null where the system has no /proc.
 * @param folder the data folder of the stage
 */
export function databaseCpuSeconds(folder: string): number | null {
  try {
    ticksPerSecond ||= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
    const postmaster = Number(readFileSync(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
    const ticks = processes().reduce((sum, each) => {
      if (each.pid === postmaster) return sum + each.own + each.children;
      return each.parent === postmaster ? sum + each.own : sum;
    }, 0);
    return ticks / ticksPerSecond;
  } catch {
    return null;
  }
}

/** CPU seconds that one running process has used so far; null where the system has no /proc or the process is gone. */
export function cpuSecondsOf(pid: number): number | null {
  try {
    ticksPerSecond ||= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
    return timesOf(pid, readFileSync(`/proc/${pid}/stat`, 'utf8')).own / ticksPerSecond;
  } catch {
    return null;
  }
}

type ProcessTimes = { pid: number; parent: number; own: number; children: number };

function processes(): ProcessTimes[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return [timesOf(Number(name), readFileSync(`/proc/${name}/stat`, 'utf8'))];
      } catch {
        return [];
      }
    });
}

/** Fields are counted from behind the command's name, which may hold spaces and brackets. */
function timesOf(pid: number, stat: string): ProcessTimes {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const at = (index: number): number => Number(fields[index]);
  return { pid, parent: at(1), own: at(11) + at(12), children: at(13) + at(14) };
}
