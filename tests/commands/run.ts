import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export type Ran = { code: number | null; out: string; err: string };

/** Runs a program of `server/` as npm does, with these settings alone, and standard input from `input`. */
export async function run(
  /** `commands/setup.command` */
  program: string,
  { args = [], env = {}, input = '' }: { args?: string[]; env?: Record<string, string>; input?: string },
): Promise<Ran> {
  const file = fileURLToPath(new URL(`../../server/${program}.ts`, import.meta.url));
  const child = spawn(process.execPath, [file, ...args], { env: { PATH: process.env['PATH'], ...env } });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString('utf8')));
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, ...said };
}
