import { afterAll, expect, it } from 'vitest';
import { loadPolicies } from '../../server/policy/index.ts';
import { worldsOf } from '../agreement/draw.ts';
import { aDatabase } from '../support/database.ts';
import { EQUIVALENT } from './equivalents.ts';
import { policyMutants } from './policy-mutants.ts';
import { rowMutants } from './row-mutants.ts';
import { aBench, policyVerdict, readRowSecurity, rowVerdict } from './run.ts';

// The whole run is `npm run test:mutants`; here it is shown that the tool still bends, and that checks still notice.
const database = await aDatabase();
const bench = await aBench(database, worldsOf(20_260_701, 1));
afterAll(async () => {
  await bench.close();
  await database.drop();
});
const sound = loadPolicies();
const text = await readRowSecurity();
const [ofPolicies, ofRows] = [policyMutants(sound), rowMutants(text)];

it('every policy of both walls, every question of policies and every guarded table is bent', () => {
  for (const { id } of sound.policies)
    expect(ofPolicies.filter((mutant) => mutant.id === id).length, id).toBeGreaterThanOrEqual(2);
  const named = [...text.matchAll(/create policy (\w+) on hien|create or replace function hien\.(\w+)/g)];
  expect(named.length).toBeGreaterThan(50);
  for (const [, policy, question] of named) {
    const name = policy === undefined ? `function ${question}:` : `policy ${policy} `;
    expect(ofRows.filter((mutant) => mutant.name.startsWith(name)).length, name).toBeGreaterThanOrEqual(2);
  }
  expect(ofRows.filter(({ name }) => name.startsWith('row level security of')).length).toBeGreaterThanOrEqual(36);
});

it('no two mutants are the same, none is the original, and what is called equivalent still exists', () => {
  const names = [...ofPolicies, ...ofRows].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(ofRows.map((mutant) => mutant.text)).size).toBe(ofRows.length);
  expect(ofRows.some((mutant) => mutant.text === text)).toBe(false);
  for (const name of EQUIVALENT.keys()) expect(names).toContain(name);
});

it('what is not bent passes every check', async () => {
  expect(await rowVerdict(bench, { name: 'unbent', about: '', text })).toEqual({ name: 'unbent', killer: null });
  const wrong = bench.triples.filter(({ question, isAllowed }) => sound.decide(question).isAllowed !== isAllowed);
  expect(wrong).toEqual([]);
}, 600_000);

it.each(['policy case.barred: deleted', 'policy case.team_opens: without its condition 1'])(
  'the agreement test notices the mutant of wall 1: %s',
  (name) => {
    const mutant = ofPolicies.find((each) => each.name === name);
    expect(mutant).toBeDefined();
    if (mutant !== undefined) expect(policyVerdict(bench, mutant, sound).killer).not.toBeNull();
  },
);

it.each([
  'policy case_seen on case_file: using true',
  'function sees_case: without "not exists (select 1 from hien.conflict_bar b where b.case_id = wanted and b.s…',
  'function find_cases: without "not j.is_barred" (and)',
])('the agreement test notices the mutant of wall 2: %s', async (name) => {
  const mutant = ofRows.find((each) => each.name === name);
  expect(mutant).toBeDefined();
  if (mutant !== undefined) expect((await rowVerdict(bench, mutant)).killer).not.toBeNull();
  await bench.enforce(text);
});
