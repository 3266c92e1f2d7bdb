import { readFile, writeFile } from 'node:fs/promises';
import { decisionTable } from '../policy/decision-table.ts';
import { loadPolicies } from '../policy/index.ts';

const FILE = new URL('../../policies/decisions.csv', import.meta.url);

/** Writes `policies/decisions.csv`, or with `--check` says whether it still tells what the policies decide. */
async function main(): Promise<void> {
  const wanted = decisionTable(loadPolicies());
  if (!process.argv.includes('--check')) {
    await writeFile(FILE, wanted);
    console.log(`policies/decisions.csv: ${wanted.split('\n').length - 2} decisions`);
    return;
  }
  if ((await readFile(FILE, 'utf8').catch(() => '')) === wanted) return;
  console.error(
    'policies/decisions.csv differs from what the policies decide: read the change, then npm run decisions.',
  );
  process.exitCode = 1;
}

await main();
