import * as oracle from './oracle.ts';
import type { Probe } from './probe.ts';
import type { Objects } from './rows.ts';
import type { Case, Person, Referral } from './world.ts';

const DRAFTS = ['draft', 'awaiting_consent'];
const total = (counts: readonly number[]): number => counts.reduce((sum, each) => sum + each, 0);

/** Changes and removals without any condition: they reach exactly the rows that the prose lets this person change. */
export function blanketChanges(who: Person, all: Objects): Probe[] {
  const elsewhere = all.worlds.flatMap((world) => world.agencies).find((each) => each.id !== who.agencyId)?.id;
  const counts = countsFor(who, all);
  const somebody = all.people.find((each) => each.id !== who.id)?.id;
  const change = (table: string, set: string, count: number): Probe => ({
    table,
    what: `change all (${set})`,
    sql: `update hien.${table} set ${set}`,
    expected: String(count),
  });
  const move = (table: string, column: string, count: number): Probe => ({
    table,
    what: `hand to others (${column})`,
    sql: `update hien.${table} set ${column} = '${column.endsWith('agency_id') ? elsewhere : somebody}'`,
    expected: count === 0 ? '0' : 'refused',
  });
  const remove = (table: string, count: number): Probe => ({
    table,
    what: 'remove all',
    sql: `delete from hien.${table}`,
    expected: String(count),
  });
  return [
    change('case_file', `stage = 'closed'`, counts.cases),
    move('case_file', 'owner_agency_id', counts.cases),
    remove('case_file', 0),
    change('access_grant', 'ends_at = null', counts.grants),
    move('access_grant', 'owner_agency_id', counts.grants),
    remove('access_grant', counts.grantsTakenBack),
    // Nothing turns into what no person sees.
    ...['guardian', 'statistics'].map((kind) => ({
      ...change('access_grant', `holder_kind = '${kind}'`, 0),
      expected: counts.grants === 0 ? '0' : 'refused',
    })),
    {
      ...change('sealed_document', `compartment = 'statistics'`, 0),
      expected: counts.cases + counts.referrals === 0 ? '0' : 'refused',
    },
    change('case_member', 'ends_at = null', counts.members),
    move('case_member', 'agency_id', counts.members),
    remove('case_member', counts.members),
    change('consent', 'version = 2', counts.consents),
    move('consent', 'owner_agency_id', counts.consents),
    remove('consent', 0),
    change('sealed_document', 'is_current = true', counts.cases + 2 * counts.referrals),
    move('sealed_document', 'owner_agency_id', counts.cases + 2 * counts.referrals),
    remove('sealed_document', 2 * counts.referrals),
    change('data_key', 'version = 2', 0),
    remove('data_key', counts.referrals),
    change('blind_index', `field = 'x'`, 0),
    remove('blind_index', counts.cases),
    remove('referral', counts.drafts),
    change('registration_draft', 'page = 2', 1),
    move('registration_draft', 'staff_id', 1),
    move('registration_draft', 'agency_id', 1),
    remove('registration_draft', 1),
    change('idempotency', `key = 'z'`, 1),
    move('idempotency', 'actor_id', 1),
    remove('idempotency', 1),
    change('key_renewal', 'renewed_at = null', 0),
    remove('key_renewal', 0),
    change('surname_match', 'noted_at = now()', 0),
    ...['conflict_bar', 'conflict_doubt', 'break_glass', 'erasure_request', 'erased_case', 'surname_match'].map(
      (table) => remove(table, 0),
    ),
  ];
}

function countsFor(who: Person, { cases, referrals, grants }: Objects) {
  const kept = cases.filter((of) => oracle.keepsCase(who, of));
  const own = referrals.filter(({ of, referral }) => referral.senderId === who.agencyId && oracle.keepsCase(who, of));
  const ours = grants.filter(
    ({ of, grant }) => grant.ownerId === who.agencyId && oracle.keepsCase(who, of) && !oracle.isGuarded(grant),
  );
  // The desk gives up what its agency holds of a referral, and nothing of others.
  const given = grants.filter(
    ({ of, grant }) =>
      !oracle.isBarred(who, of) &&
      !oracle.isShutOut(who, of) &&
      grant.about === 'referral' &&
      grant.holderId === who.agencyId &&
      who.roles.includes('duty_officer'),
  );
  return {
    cases: kept.length,
    consents: kept.flatMap((of) => of.consents.filter(({ ownerId }) => ownerId === who.agencyId)).length,
    referrals: own.length,
    drafts: own.filter(({ referral }) => DRAFTS.includes(referral.state)).length,
    grants: ours.length,
    grantsTakenBack: new Set([...ours, ...given].map(({ grant }) => grant.id)).size,
    members: total(
      grants.filter(({ of, grant }) => oracle.managesMembers(who, of, grant)).map(({ grant }) => grant.members.length),
    ),
  };
}

const TURNS = ['draft', 'awaiting_consent', 'accepted', 'withdrawn', 'recalled'];

/** All referrals at once, so that what may be seen afterwards does not decide: whose they stay, and into which states they go. */
export function referralsChanged(who: Person, { worlds, referrals }: Objects): Probe[] {
  const known = referrals.filter(({ of, referral }) => oracle.knowsReferral(who, of, referral));
  const isOnlySender = known.every(({ referral }) => referral.senderId === who.agencyId);
  const elsewhere = worlds.flatMap((world) => world.agencies).find((each) => each.id !== who.agencyId)?.id;
  const change = (set: string, expected: string): Probe => ({
    table: 'referral',
    what: `change all (${set})`,
    sql: `update hien.referral set ${set}`,
    expected: known.length === 0 ? '0' : expected,
  });
  return [
    // Drafts are made, and what is sent is taken back, by the sender alone.
    ...TURNS.map((state) =>
      change(`state = '${state}'`, isOnlySender || state === 'accepted' ? `${known.length}` : 'refused'),
    ),
    change(`state = 'accepted', sender_agency_id = '${elsewhere}', recipient_agency_id = '${elsewhere}'`, 'refused'),
  ];
}

/** Each referral by itself: who may change it at all, and into which states. */
export function referralChanges(who: Person, of: Case, referral: Referral): Probe[] {
  const isKnown = oracle.knowsReferral(who, of, referral);
  const isSender = who.agencyId === referral.senderId;
  const stays = !['withdrawn', 'recalled'].includes(referral.state);
  const change = (what: string, set: string, expected: string): Probe => ({
    table: 'referral',
    what: `${what} ${referral.id} (${referral.state})`,
    sql: `update hien.referral set ${set} where id = '${referral.id}'`,
    expected: isKnown ? expected : '0',
  });
  return [
    change('touch', 'priority = 0', isSender || stays ? '1' : 'refused'),
    ...TURNS.map((state) => change(state, `state = '${state}'`, isSender || state === 'accepted' ? '1' : 'refused')),
  ];
}
