import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { ACTIONS, COMMAND_ACTIONS } from '../../server/policy/actions.ts';
import { loadPolicies, type PolicyEngine } from '../../server/policy/index.ts';
import { stageChecks, type Check, type Stage } from '../agreement/checks.ts';
import { anonymousTriples, askingOn, resourcesFor, thingsOf, triplesOf, type Triple } from '../agreement/facts.ts';
import { objectsOf } from '../agreement/rows.ts';
import { worldsOf } from '../agreement/draw.ts';
import type { World } from '../agreement/world.ts';
import type { TestDatabase } from '../support/database.ts';
import { EQUIVALENT } from './equivalents.ts';
import type { PolicyMutant } from './policy-mutants.ts';
import type { RowMutant } from './row-mutants.ts';

/** `killer`: the check that noticed; null for a mutant that nothing noticed. */
export type Verdict = { name: string; killer: string | null };
export type Site = Pick<TestDatabase, 'ask' | 'urls' | 'ownerUrl'>;

const ROW_SECURITY = new URL('../../policies/row-security.sql', import.meta.url);
/** Fixed: what kills a mutant today kills it tomorrow. */
const SEED = 20_260_701;
export const readRowSecurity = (): Promise<string> => readFile(ROW_SECURITY, 'utf8');

export type Bench = {
  stage: Pick<Stage, 'all'>;
  /** What noticed a mutant comes to the front: it is likely to notice the next. */
  checks: Check[];
  triples: Triple[];
  /** Puts a version of row-security.sql in force, in one transaction. */
  enforce(text: string): Promise<void>;
  close(): Promise<void>;
};

/** Worlds, their checks, and the questions that decisions ask about them. */
export async function aBench(site: Site, worlds: readonly World[] = worldsOf(SEED, 3)): Promise<Bench> {
  const stage = await stageChecks(site, worlds);
  const owner = new pg.Client({ connectionString: site.ownerUrl });
  await owner.connect();
  return {
    stage,
    checks: [...stage.checks],
    triples: [...(await questionsOf(site, worlds)), ...anonymousTriples([...ACTIONS, ...COMMAND_ACTIONS])],
    enforce: (text) => enforce(owner, text),
    close: async () => {
      await stage.close();
      await owner.end();
    },
  };
}

async function enforce(owner: pg.Client, text: string): Promise<void> {
  await owner.query('begin');
  try {
    await owner.query(text);
    await owner.query('commit; reset role');
  } catch (error) {
    await owner.query('rollback');
    throw error;
  }
}

/** Each different question once, with the prose's answer. */
async function questionsOf(site: Site, worlds: readonly World[]): Promise<Triple[]> {
  const asking = await askingOn(site.urls);
  const found = new Map<string, Triple>();
  for (const world of worlds) {
    const things = thingsOf(objectsOf([world]));
    for (const who of world.people)
      for (const triple of triplesOf(who, things, await resourcesFor(asking, who, things)))
        found.set(JSON.stringify(triple.question), triple);
  }
  await asking.close();
  return strewn([...found.values()]);
}

/** The same order each time, in which neighbours are as different as may be: what notices a mutant comes early. */
function strewn<T>(list: readonly T[]): T[] {
  const stride = 7_919;
  return list.map((_, at) => list[(at * stride) % list.length] as T);
}

/** The first check that notices; those about what was bent are asked first. */
export async function rowVerdict({ checks, enforce: put }: Bench, mutant: RowMutant): Promise<Verdict> {
  try {
    await put(mutant.text);
  } catch (error) {
    return { name: mutant.name, killer: `not valid SQL: ${String(error)}` };
  }
  const isNear = ({ tables }: Check): boolean => tables.includes(mutant.about);
  // What is said to be equivalent is held to it by what is near; asking everything again would take most of the time.
  const far = EQUIVALENT.has(mutant.name) ? [] : checks.filter((each) => !isNear(each));
  for (const check of [...checks.filter(isNear), ...far]) {
    const found = await check.run();
    if (found.length === 0) continue;
    toFront(checks, check);
    return { name: mutant.name, killer: check.name };
  }
  return { name: mutant.name, killer: null };
}

export function policyVerdict({ triples }: Pick<Bench, 'triples'>, mutant: PolicyMutant, sound: PolicyEngine): Verdict {
  const { name } = mutant;
  let engine: PolicyEngine;
  try {
    engine = loadPolicies({ [mutant.file]: mutant.text });
  } catch {
    return { name, killer: 'refused at the start' };
  }
  const text = sound.policies.find((each) => each.id === mutant.id)?.text ?? '';
  // What stands behind `when` and `unless` may name actions that the policy is not confined to.
  const [head = ''] = text.split(/\)\s*(?:when|unless)\b/);
  const isNear = ({ question }: Triple): boolean => !head.includes('Action::') || head.includes(`"${question.action}"`);
  const wrong = triples.filter(isNear).find((each) => engine.decide(each.question).isAllowed !== each.isAllowed);
  if (wrong !== undefined) toFront(triples, wrong);
  return { name, killer: wrong === undefined ? null : `${wrong.question.action} on ${wrong.object}` };
}

function toFront<T>(list: T[], one: T): void {
  list.unshift(...list.splice(list.indexOf(one), 1));
}
