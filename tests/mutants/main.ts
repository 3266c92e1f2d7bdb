import { randomBytes } from 'node:crypto';
import { migrate } from '../../server/db/migrate.ts';
import { loadPolicies } from '../../server/policy/index.ts';
import { progress } from '../../server/progress.ts';
import { makeLogins } from '../support/global-setup.ts';
import { startOwnServer, type OwnDatabase } from '../support/own-server.ts';
import { EQUIVALENT } from './equivalents.ts';
import { policyMutants } from './policy-mutants.ts';
import { rowMutants } from './row-mutants.ts';
import { aBench, policyVerdict, readRowSecurity, rowVerdict, type Bench, type Site, type Verdict } from './run.ts';

/**
 * Bends every policy of Cedar and every clause of row-security.sql, one at a time, and asks whether the agreement test
 * notices. Prints who killed what; fails when a mutant survives that no reason is given for.
 */
async function main(pattern: RegExp): Promise<number> {
  const server = await startOwnServer();
  try {
    const database = await server.aDatabase();
    const bench = await aBench(await siteOf(database));
    const verdicts = [...policyVerdicts(bench, pattern), ...(await rowVerdicts(bench, pattern))];
    await bench.close();
    await database.close();
    return told(verdicts);
  } finally {
    await server.stop();
  }
}

async function siteOf(database: OwnDatabase): Promise<Site> {
  await migrate(database.ownerUrl);
  const password = randomBytes(16).toString('hex');
  await makeLogins({ query: (sql) => database.ask(sql) }, password);
  const [app, auditor, keeper] = ['hien_service', 'hien_service_auditor', 'hien_service_keeper'].map((login) =>
    database.urlFor(login, password),
  );
  const urls = { app: app ?? '', auditor: auditor ?? '', keeper: keeper ?? '' };
  return { ask: (sql, values) => database.ask(sql, values), ownerUrl: database.ownerUrl, urls };
}

function policyVerdicts(bench: Bench, pattern: RegExp): Verdict[] {
  const sound = loadPolicies();
  const mutants = policyMutants(sound).filter(({ name }) => pattern.test(name));
  return mutants.map((mutant, at) => {
    progress.count('wall 1', at + 1, mutants.length);
    return policyVerdict(bench, mutant, sound);
  });
}

async function rowVerdicts(bench: Bench, pattern: RegExp): Promise<Verdict[]> {
  const text = await readRowSecurity();
  const mutants = rowMutants(text).filter(({ name }) => pattern.test(name));
  const verdicts: Verdict[] = [];
  for (const mutant of mutants) {
    progress.count('wall 2', verdicts.length + 1, mutants.length);
    const t = performance.now();
    verdicts.push(await rowVerdict(bench, mutant));
    if (verdicts.at(-1)?.killer === null) console.log('SURVIVED', mutant.name, Math.round(performance.now() - t));
  }
  return verdicts;
}

function told(verdicts: readonly Verdict[]): number {
  for (const { name, killer } of verdicts) if (killer === null) console.log(name, EQUIVALENT.get(name));
  const killers = Map.groupBy(verdicts, ({ killer }) =>
    (killer ?? 'nobody').replace(/ (on|seen by|written by|audited by) .*/, ' $1'),
  );
  for (const [k, v] of killers) console.log(k, v.length);
  return verdicts.filter(({ name, killer }) => killer === null && !EQUIVALENT.has(name)).length;
}

process.exitCode = (await main(new RegExp(process.argv[2] ?? ''))) > 0 ? 1 : 0;
