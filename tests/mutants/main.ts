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
 * Bends every policy of Cedar and every clause of row-security.sql, one at a time, and asks whether the checks of the
 * agreement test notice. Prints who noticed what; fails when a mutant survives for which no reason is given.
 */
async function main(pattern: RegExp): Promise<number> {
  const server = await startOwnServer();
  try {
    const database = await server.aDatabase();
    const bench = await aBench(await siteOf(database));
    await requireSound(bench);
    const [policies, rows] = [policyVerdicts(bench, pattern), await rowVerdicts(bench, pattern)];
    await bench.close();
    await database.close();
    console.log(`\n${tableOf('Wall 1, policies', policies)}\n\n${tableOf('Wall 2, row-level security', rows)}`);
    return [...policies, ...rows].filter(isSurvivor).length;
  } finally {
    await server.stop();
  }
}

async function siteOf(database: OwnDatabase): Promise<Site> {
  await migrate(database.ownerUrl);
  const password = randomBytes(16).toString('hex');
  await makeLogins({ query: (sql) => database.ask(sql) }, password);
  const url = (login: string): string => database.urlFor(login, password);
  const urls = {
    app: url('hien_service'),
    auditor: url('hien_service_auditor'),
    keeper: url('hien_service_keeper'),
    sequencer: url('hien_service_sequencer'),
  };
  return { ask: (sql, values) => database.ask(sql, values), ownerUrl: database.ownerUrl, urls };
}

/** What is not bent must pass, or every mutant would seem to be noticed. */
async function requireSound(bench: Bench): Promise<void> {
  const { killer } = await rowVerdict(bench, { name: 'unbent', about: '', text: await readRowSecurity() });
  const engine = loadPolicies();
  const wrong = bench.triples.find(({ question, isAllowed }) => engine.decide(question).isAllowed !== isAllowed);
  if (killer !== null || wrong !== undefined)
    throw new Error(`without any mutant: ${killer ?? ''} ${JSON.stringify(wrong ?? '')}`);
}

function policyVerdicts(bench: Bench, pattern: RegExp): Verdict[] {
  const sound = loadPolicies();
  const mutants = policyMutants(sound).filter(({ name }) => pattern.test(name));
  return mutants.map((mutant, at) => {
    progress.count('policies', at + 1, mutants.length);
    return told(policyVerdict(bench, mutant, sound));
  });
}

async function rowVerdicts(bench: Bench, pattern: RegExp): Promise<Verdict[]> {
  const mutants = rowMutants(await readRowSecurity()).filter(({ name }) => pattern.test(name));
  const verdicts: Verdict[] = [];
  for (const mutant of mutants) {
    progress.count('row-level security', verdicts.length, mutants.length);
    verdicts.push(told(await rowVerdict(bench, mutant)));
  }
  return verdicts;
}

const isSurvivor = ({ name, killer }: Verdict): boolean => killer === null && !EQUIVALENT.has(name);

/** A survivor is said at once. */
function told(verdict: Verdict): Verdict {
  if (isSurvivor(verdict)) console.log(`SURVIVED ${verdict.name}`);
  return verdict;
}

/** Mutants by what noticed them; then those that change nothing, with the reason. */
function tableOf(title: string, verdicts: readonly Verdict[]): string {
  const killed = verdicts.filter(({ killer }) => killer !== null);
  const killers = Map.groupBy(killed, ({ killer }) => (killer ?? '').replace(/ (on|by) .*/, ''));
  const equal = verdicts.filter(({ name, killer }) => killer === null && EQUIVALENT.has(name));
  const survived = verdicts.filter(isSurvivor);
  return [
    `${title}: ${verdicts.length} mutants, ${killed.length} killed, ${equal.length} equivalent, ${survived.length} survived`,
    ...[...killers].map(([killer, some]) => `  ${String(some.length).padStart(4)} by ${killer}`),
    ...equal.map(({ name }) => `  equivalent: ${name}: ${EQUIVALENT.get(name) ?? ''}`),
    ...survived.map(({ name }) => `  SURVIVED: ${name}`),
  ].join('\n');
}

/** `npm run test:mutants -- <regular expression>` bends only what the expression names. */
process.exitCode = (await main(new RegExp(process.argv[2] ?? ''))) > 0 ? 1 : 0;
