import { insert } from './inserts.ts';
import { RECORDED_AT } from './log-rows.ts';
import * as oracle from './oracle.ts';
import type { Probe } from './probe.ts';
import type { Objects } from './rows.ts';
import type { Finding, Person, World } from './world.ts';

const BYTES = `'\\x${'5a'.repeat(32)}'`;
const FRESH = 'gen_random_uuid()';
type Place = { who: Person; world: World };

/** Findings changed and added on the auditor's pool: by auditors of the agency, in their own name, about deeds that they read. */
export function findingProbes(all: Objects, { who, world }: Place): Probe[] {
  const known = all.findings.filter((each) => oracle.knowsFinding(who, each)).length;
  const elsewhere = world.agencies.find(({ id }) => id !== who.agencyId)?.id ?? '';
  const change = (set: string, expected: string): Probe => ({
    table: 'finding',
    what: `change all (${set}) by ${who.id}`,
    sql: `update hien.finding set ${set}`,
    expected,
  });
  return [
    change('note_key_version = 2', String(known)),
    change(`agency_id = '${elsewhere}'`, known === 0 ? '0' : 'refused'),
    ...['finding', 'finding_event', 'explanation'].map((table) => ({
      table,
      what: `remove all by ${who.id}`,
      sql: `delete from hien.${table}`,
      expected: '0',
    })),
    ...recorded({ who, world }, elsewhere),
    ...world.findings.flatMap((finding) => [...pointed({ who, world }, finding), ...asked({ who, world }, finding)]),
  ];
}

function recorded({ who, world }: Place, elsewhere: string): Probe[] {
  const isAuditor = who.roles.includes('auditor');
  const [other, third] = world.people.filter(({ id }) => id !== who.id);
  const row = (auditor: string, agency: string, actor: string) => ({
    ...{ id: FRESH, agency_id: agency, auditor_id: auditor, actor_id: actor },
    ...{ note_key_version: '1', sealed_note: BYTES, found_at: 'now()' },
  });
  const record = (what: string, named: ReturnType<typeof row>): ((may: boolean) => Probe) =>
    insert('finding', `a finding ${what} by ${who.id}`, named);
  const [me, them, somebody] = [who.id, other?.id ?? '', third?.id ?? ''];
  return [
    record('about somebody', row(me, who.agencyId, them))(isAuditor),
    record('about herself', row(me, who.agencyId, me))(false),
    record('about herself in another name', row(them, who.agencyId, me))(false),
    record('in another name', row(them, who.agencyId, somebody))(false),
    record('for another agency', row(me, elsewhere, them))(false),
  ];
}

/** Where there is one, somebody about whom she knows another finding, and whose deeds she reads. */
function somebodyElse({ who, world }: Place, { actorId }: Finding): string {
  const known = world.findings
    .filter((each) => oracle.knowsFinding(who, each) && oracle.audits(who, world, [each.actorAgencyId]))
    .map((each) => each.actorId);
  const others = [...known, ...world.people.map(({ id }) => id)];
  return others.find((id) => ![who.id, actorId].includes(id)) ?? '';
}

/** A finding points to deeds of the person it is about, as far as the auditor reads them. */
function pointed({ who, world }: Place, finding: Finding): Probe[] {
  const point =
    (event: string, what: string, time = `'${RECORDED_AT}'`): ((may: boolean) => Probe) =>
    (may) => ({
      table: 'finding_event',
      what: `point ${finding.id} to ${what} by ${who.id}`,
      sql: `insert into hien.finding_event (finding_id, event_id, recorded_at)
      values ('${finding.id}', '${event}', ${time})`,
      expected: may ? 'let through' : 'refused',
    });
  const reads = oracle.knowsFinding(who, finding) && oracle.audits(who, world, [finding.actorAgencyId]);
  const other = somebodyElse({ who, world }, finding);
  return [
    point(finding.actorId, 'a deed of the person')(reads),
    point(finding.actorId, 'a deed at another time', 'now()')(false),
    point(other, 'a deed of somebody else')(false),
  ];
}

function asked({ who, world }: Place, finding: Finding): Probe[] {
  const other = somebodyElse({ who, world }, finding);
  const elsewhere = world.agencies.find(({ id }) => id !== who.agencyId)?.id ?? '';
  const row = (by: string, agency: string, of: string) => ({
    ...{ id: FRESH, finding_id: finding.id, agency_id: agency, asked_by: by, staff_id: of },
    ...{ staff_agency_id: finding.actorAgencyId, asked_at: 'now()', due_at: `now() + interval '1 day'` },
    ...{ asker_question_key_version: '1', asker_question: BYTES },
    ...{ staff_question_key_version: '1', staff_question: BYTES },
  });
  const ask = (what: string, named: ReturnType<typeof row>): ((may: boolean) => Probe) =>
    insert('explanation', `a question ${what} on ${finding.id} by ${who.id}`, named);
  return [
    ask('to the person', row(who.id, who.agencyId, finding.actorId))(oracle.knowsFinding(who, finding)),
    ask('to somebody else', row(who.id, who.agencyId, other))(false),
    ask('in another name', row(other, who.agencyId, finding.actorId))(false),
    ask('for another agency', row(who.id, elsewhere, finding.actorId))(false),
  ];
}
