import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Stage } from './stage.ts';

const COMMAND = fileURLToPath(new URL('../../server/commands/rotate-keys.command.ts', import.meta.url));

export type RotationRun = { seconds: number; isKilled: boolean; exitCode: number | null; lines: readonly string[] };

/**
 * `npm run keys:rotate -- --all` as a process of its own on the stage's database.
 * @param killAt share of the work (0…1) after which it gets SIGKILL; null to let it end
 */
export async function runRotation(stage: Stage, killAt: number | null): Promise<RotationRun> {
  const child = spawn(process.execPath, [COMMAND, '--all'], {
    env: { PATH: process.env['PATH'], HIEN_DATA: stage.folder, DATABASE_OWNER_URL: stage.ownerUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const startedAt = performance.now();
  const exit = once(child, 'exit');
  const lines: string[] = [];
  let isKilled = false;
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    process.stdout.write(`  ${((performance.now() - startedAt) / 1000).toFixed(1)} s ${line}\n`);
    if (killAt === null || isKilled || shareIn(line) < killAt) continue;
    isKilled = child.kill('SIGKILL');
  }
  const [exitCode] = (await exit) as [number | null];
  return { seconds: (performance.now() - startedAt) / 1000, isKilled, exitCode, lines };
}

/** Share done according to a progress line, 0 where the line is none. */
function shareIn(line: string): number {
  const [, done, total] = /\] (\d+)\/(\d+)$/.exec(line) ?? [];
  return Number(total ?? 0) > 0 ? Number(done) / Number(total) : 0;
}
