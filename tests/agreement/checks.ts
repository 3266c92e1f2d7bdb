import pg from 'pg';
import { eyesOn, type Disagreement, type Eyes } from './bound.ts';
import { blanketChanges, referralChanges, referralsChanged } from './changes.ts';
import { insertsInOwnName, insertsIntoCase, insertsIntoReferral } from './inserts.ts';
import { prepareProbes, probed, type Probe } from './probe.ts';
import { factsOfTables, rolesDisagreeing } from './roles.ts';
import { objectsOf, QUESTIONS, rowsDisagreeing, TABLES, type Objects } from './rows.ts';
import { AUDITED, audited, auditedAtTheTop } from './review.ts';
import { SUMMIT, writeSummit } from './summit.ts';
import type { Person, World } from './world.ts';
import { writeWorlds, type Ground } from './write-worlds.ts';

/** One thing to hold wall 2 against the prose by; answers what disagrees, in words. */
export type Check = { name: string; tables: readonly string[]; run(): Promise<string[]> };
export type Stage = { all: Objects; checks: readonly Check[]; close(): Promise<void> };

/** Writes the worlds and prepares every check of row-level security on them: what is seen, asked, changed and added. */
export async function stageChecks(ground: Ground & { ownerUrl: string }, worlds: readonly World[]): Promise<Stage> {
  await writeWorlds(ground, worlds);
  await writeSummit(ground);
  await prepareProbes(ground);
  const all = objectsOf(worlds);
  const [app, auditor] = [await eyesOn(ground.urls.app), await eyesOn(ground.urls.auditor)];
  const superuser = new pg.Client({ connectionString: ground.ownerUrl });
  await superuser.connect();
  const facts = await factsOfTables(ground, all);
  return {
    all,
    checks: [
      ...SUMMIT.map((who) => ({
        name: `log audited at the top by ${who.id}`,
        tables: ['audit_event', 'audit_event_case', 'audit_leaf', 'case_file'],
        run: () => auditedAtTheTop(auditor, facts, who),
      })),
      { name: 'roles', tables: facts.counts.keys().toArray(), run: () => rolesDisagreeing(superuser, facts) },
      ...worlds.flatMap((world) => world.people.flatMap((who) => checksFor({ app, auditor }, all, { who, world }))),
    ],
    close: async () => {
      await Promise.all([app.close(), auditor.close(), superuser.end()]);
    },
  };
}

type Place = { who: Person; world: World };

function checksFor({ app, auditor }: { app: Eyes; auditor: Eyes }, all: Objects, { who, world }: Place): Check[] {
  const looks = [...TABLES, ...QUESTIONS];
  const probes = probesOf(all, { who, world });
  return [
    ...looks.map((look) => ({
      name: `${look.name} seen by ${who.id}`,
      tables: [look.name],
      run: async () => (await rowsDisagreeing(app, all, { who, looks: [look] })).map(told),
    })),
    ...[...Map.groupBy(probes, ({ table }) => table)].map(([table, some]) => ({
      name: `${table} written by ${who.id}`,
      tables: [table],
      run: () => app.as(who, (client) => probed(client, some)),
    })),
    {
      name: `log audited by ${who.id}`,
      tables: AUDITED,
      run: () => audited(auditor, all, { who, world }),
    },
  ];
}

function told({ check, who, expected, found }: Disagreement): string {
  return `${check}, ${who}: the prose ${expected}; the database ${found}`;
}

function probesOf(all: Objects, { who, world }: Place): Probe[] {
  const cases = new Map(world.cases.map((of) => [of.id, of]));
  const referrals = world.referrals.flatMap((referral) => {
    const of = cases.get(referral.caseId);
    return of === undefined ? [] : [{ of, referral }];
  });
  return [
    ...blanketChanges(who, all),
    ...referralsChanged(who, all),
    ...referrals.flatMap(({ of, referral }) => referralChanges(who, of, referral)),
    ...world.cases.flatMap((of) => insertsIntoCase(who, world, of)),
    ...referrals.flatMap((each) => insertsIntoReferral(who, world, each)),
    ...insertsInOwnName(who, world),
  ];
}
