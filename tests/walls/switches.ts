import { readFile } from 'node:fs/promises';
import { PROTECTED_TABLES } from '../../server/db/soundness.ts';
import type { Custodian, PrincipalKeys } from '../../server/keys/custodian.ts';
import type { GrantColumns } from '../../server/keys/data-keys.ts';
import type { GrantRow } from '../../server/keys/grants.store.ts';
import { columnsOf } from '../../server/keys/subject-keys.ts';
import { loadPolicies, type PolicyEngine } from '../../server/policy/index.ts';
import { startApp, type TestApp } from '../support/app.ts';

export type Wall = 'policy' | 'rows' | 'keys';
export type Switches = {
  app: TestApp;
  /** Leaves these walls standing and takes the others down, for everybody. */
  leave(...walls: Wall[]): Promise<void>;
};

/** The questions by which policies and definer functions know who may see what; true for everybody when rows are open. */
const QUESTIONS = [
  'on_team(kind text, subject uuid)',
  'works_under(wanted uuid)',
  'sees_case(wanted uuid)',
  'keeps_case(wanted uuid)',
  'sees_referral(wanted uuid)',
  'opens_envelope(wanted uuid)',
];
const ROW_SECURITY = new URL('../../policies/row-security.sql', import.meta.url);

/** An application whose walls 1, 2 and 3 can be taken down one by one, past everything that would refuse to. */
export async function anAppWithSwitches(): Promise<Switches> {
  const state = { policy: true, keys: true };
  const safe = anOpenSafe();
  const app = await startApp({
    policy: policyThat(() => state.policy),
    custodian: (real) => safe.before(real, () => state.keys),
  });
  return {
    app,
    async leave(...walls) {
      state.policy = walls.includes('policy');
      await (walls.includes('rows') ? closeRows(app) : openRows(app));
      await takeCopiesBack(app);
      state.keys = walls.includes('keys');
      if (!state.keys) await giveCopies(app, safe);
    },
  };
}

function policyThat(decides: () => boolean): PolicyEngine {
  const real = loadPolicies();
  return {
    policies: real.policies,
    decide: (question) => (decides() ? real.decide(question) : { isAllowed: true, policies: ['test.everything'] }),
  };
}

async function openRows({ database }: TestApp): Promise<void> {
  for (const table of PROTECTED_TABLES) await database.ask(`alter table hien.${table} disable row level security`);
  for (const question of QUESTIONS)
    await database.ask(
      `create or replace function hien.${question} returns boolean language plpgsql stable security definer
         set search_path = pg_catalog, pg_temp as $$ begin return true; end $$`,
    );
}

/** As the migrator puts it: the whole file, which also enables row-level security again. */
async function closeRows({ database }: TestApp): Promise<void> {
  const text = await readFile(ROW_SECURITY, 'utf8');
  await database.ask(`begin; ${text}; commit; reset role`);
}

type Kept = { holder: PrincipalKeys; columns: GrantColumns };

/** A custodian that opens every bundle it knows of, whoever's it is said to be. */
function anOpenSafe() {
  const kept = new Map<string, Kept>();
  return {
    keep: (sealed: Buffer, one: Kept) => void kept.set(sealed.toString('base64'), one),
    before: (real: Custodian, isShut: () => boolean): Custodian => ({
      ...real,
      openBundle(holder, columns, sealed) {
        const one = isShut() ? undefined : kept.get(sealed.toString('base64'));
        return real.openBundle(one?.holder ?? holder, one?.columns ?? columns, sealed);
      },
    }),
  };
}

/** Whose keys open a case or a referral as it is; the guardian's opens nowhere here, and the statistics' only the statistics. */
const OF_PEOPLE = `holder_kind in ('agency', 'staff')`;

/** Every agency gets a copy of every grant that opens something, under its own name. */
async function giveCopies({ database, context }: TestApp, safe: ReturnType<typeof anOpenSafe>): Promise<void> {
  const grants = await database.ask<GrantRow>(
    `select id, holder_kind as "holderKind", holder_id as "holderId", holder_key_version as "holderKeyVersion", subject_kind as "subjectKind",
       subject_id as "subjectId", case_id as "caseId", owner_agency_id as "ownerAgencyId", basis_kind as "basisKind", basis_id as "basisId",
       begins_at as "beginsAt", ends_at as "endsAt", latest_end as "latestEnd", bundle from hien.access_grant where ${OF_PEOPLE}`,
  );
  for (const grant of grants) {
    const holder = await context.keys.principals.version(grant.holderId, grant.holderKeyVersion);
    safe.keep(grant.bundle, { holder, columns: columnsOf(grant) });
  }
  await database.ask(
    `insert into hien.access_grant (id, holder_kind, holder_id, holder_key_version, subject_kind, subject_id, case_id, owner_agency_id,
         basis_kind, begins_at, ends_at, latest_end, bundle)
       select distinct on (a.id, g.subject_id) gen_random_uuid(), 'agency', a.id, 1, g.subject_kind, g.subject_id, g.case_id,
           g.owner_agency_id, 'copied', g.begins_at, g.ends_at, g.latest_end, g.bundle
         from hien.access_grant g cross join hien.agency a
        where g.${OF_PEOPLE} and not exists (select 1 from hien.access_grant h where h.subject_id = g.subject_id and h.holder_id = a.id)`,
  );
}

async function takeCopiesBack({ database }: TestApp): Promise<void> {
  await database.ask(`delete from hien.access_grant where basis_kind = 'copied'`);
}
