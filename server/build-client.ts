import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { glob, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { progress } from './progress.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const STAMP = path.join(ROOT, 'dist', 'client.sha256');
const SOURCES = [
  'client/**/*.{ts,tsx,css,html,svg}',
  'server/**/*.contract.ts',
  'server/**/*.rules.ts',
  'vite.config.ts',
  'package-lock.json',
];

/** Builds the client when its sources differ from those of the last build; about ten seconds the first time. */
export async function buildClientIfNeeded(): Promise<void> {
  const wanted = await fingerprint();
  const built = await readFile(STAMP, 'utf8').catch(() => '');
  if (built === wanted) return;
  progress.step('client: vite build');
  await run([
    path.join(path.dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin', 'vite.js'),
    'build',
    '--logLevel',
    'warn',
  ]);
  await mkdir(path.dirname(STAMP), { recursive: true });
  await writeFile(STAMP, wanted);
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  const files: string[] = [];
  for await (const file of glob(SOURCES, { cwd: ROOT })) files.push(file);
  for (const file of files.toSorted())
    hash
      .update(file)
      .update('\0')
      .update(await readFile(path.join(ROOT, file)));
  return hash.digest('hex');
}

function run(args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`vite build: ${code}`))));
  });
}
