import { glob, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MAX_LINES = 200;
const MAX_LINES_OF_APP = 80;
/** Whoever has to trust the log's verifier has to be able to read it. */
const MAX_LINES_OF_VERIFIER = 499;

async function files(pattern: string): Promise<string[]> {
  const found: string[] = [];
  for await (const file of glob(pattern, { cwd: ROOT })) found.push(file);
  return found;
}

async function linesOf(file: string): Promise<number> {
  return (await readFile(`${ROOT}${file}`, 'utf8')).trimEnd().split('\n').length;
}

it('no file of server or client is longer than a screenful can be understood', async () => {
  const names = [...(await files('server/**/*.ts')), ...(await files('client/**/*.{ts,tsx}'))];
  expect(names.length).toBeGreaterThan(150);
  const lengths = await Promise.all(names.map(async (name) => ({ name, lines: await linesOf(name) })));
  expect(lengths.filter(({ lines }) => lines > MAX_LINES)).toEqual([]);
});

it('app.ts fits on one screen', async () => {
  expect(await linesOf('server/app.ts')).toBeLessThanOrEqual(MAX_LINES_OF_APP);
});

it('the verifier of the log is read in an hour', async () => {
  const lengths = await Promise.all((await files('server/audit/verifier/*.ts')).map(linesOf));
  expect(lengths.length).toBeGreaterThan(5);
  expect(lengths.reduce((sum, lines) => sum + lines, 0)).toBeLessThanOrEqual(MAX_LINES_OF_VERIFIER);
});

it('files are called in kebab-case with the suffix of their role', async () => {
  for (const name of await files('{server,client}/**/*.{ts,tsx}')) expect(name).toMatch(/^[a-z0-9-/.]+\.tsx?$/);
});

it('only config reads the environment, only routes and http know the web framework, only stores and db the query builder', async () => {
  const rules = [
    { word: /process\.env/, allowed: /^server\/(config\/|commands\/)/ },
    { word: /from 'express'/, allowed: /^server\/(app\.ts|http\/|identity\/quick-exit\.ts)|\.routes\.ts$/ },
    { word: /^import \{.*from 'kysely'/m, allowed: /^server\/db\/|\.store\.ts$/ },
  ];
  for (const name of await files('server/**/*.ts')) {
    const text = await readFile(`${ROOT}${name}`, 'utf8');
    for (const { word, allowed } of rules) if (word.test(text)) expect(name, String(word)).toMatch(allowed);
  }
});
