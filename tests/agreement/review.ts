import { differences, type Eyes } from './bound.ts';
import { insertsInOwnName } from './inserts.ts';
import { eventOfStrayLeaf } from './log-rows.ts';
import * as oracle from './oracle.ts';
import { probed, type Probe } from './probe.ts';
import { findingProbes } from './review-probes.ts';
import type { Objects } from './rows.ts';
import { bearersOf } from './world-rows.ts';
import type { Finding, Person, World } from './world.ts';

/** What exists on the auditor's pool. */
export const AUDITED = [
  'audit_event',
  'audit_event_case',
  'audit_leaf',
  'audit_tile',
  'audit_checkpoint',
  'audit_cosignature',
  'case_file',
  'finding',
  'finding_event',
  'explanation',
  'idempotency',
  'surname_match',
];

type Place = { who: Person; world: World };
type Look = { table: string; sql: string; expected: string[] };

/**
 * The auditor's pool: events of her area with their leaves, the cases they name and the codes of these; the hashes of the
 * whole log; whose family name is a party's; her agency's findings; her own event and findings added. To others it shows nothing.
 */
export async function audited(auditor: Eyes, all: Objects, { who, world }: Place): Promise<string[]> {
  const own = insertsInOwnName(who, world).filter(({ table }) =>
    /^audit_event|^idempotency|^surname_match/.test(table),
  );
  return auditor.as(who, async (client) => {
    const wrong: string[] = [];
    for (const { table, sql, expected } of looksOf(all, { who, world })) {
      const { rows } = await client.query<string[]>({ text: sql, rowMode: 'array' });
      const found = rows.map(([id]) => String(id));
      const apart = differences({ check: `${table} on the auditor’s pool`, who }, expected, found);
      wrong.push(...apart.map((each) => `${each.check}, ${each.who}: the prose ${each.expected}; found ${each.found}`));
    }
    return [...wrong, ...(await probed(client, [...own, ...findingProbes(all, { who, world })]))];
  });
}

function looksOf(all: Objects, { who, world }: Place): Look[] {
  const people = all.people.filter((each) => oracle.audits(who, world, [each.agencyId])).map(({ id }) => id);
  const cases = all.cases.filter((of) => oracle.audits(who, world, [of.ownerId])).map(({ id }) => id);
  const named = all.worlds
    .flatMap(bearersOf)
    .filter((each) => oracle.audits(who, world, [each.who.agencyId, each.of.ownerId]))
    .map(({ of }) => of.id);
  const findings = all.findings.filter((each) => oracle.knowsFinding(who, each));
  const astray = all.worlds.map(eventOfStrayLeaf);
  const look = (table: string, column: string, expected: string[]): Look => ({
    table,
    sql: `select ${column} from hien.${table}`,
    expected,
  });
  const explained = (each: Finding): string[] => (each.explanation === null ? [] : [each.explanation.id]);
  return [
    look('audit_event', 'id', [...people, ...cases]),
    look('audit_event_case', 'case_id', cases),
    look(
      'audit_leaf',
      'event_id',
      [...people, ...cases].filter((id) => !astray.includes(id)),
    ),
    look('case_file', 'id', cases),
    look('surname_match', 'case_id', named),
    ...['audit_tile', 'audit_checkpoint', 'audit_cosignature'].map((table) =>
      look(table, `'a row'`, oracle.readsTree(who) ? ['a row'] : []),
    ),
    look(
      'finding',
      'id',
      findings.map(({ id }) => id),
    ),
    look(
      'finding_event',
      'finding_id',
      findings.map(({ id }) => id),
    ),
    look('explanation', 'id', findings.flatMap(explained)),
    look('idempotency', 'actor_id', [who.id]),
  ];
}

/** Whose area holds every agency has the whole log, what nobody did included; without the office she has none of it. */
export async function auditedAtTheTop(
  auditor: Eyes,
  { counts, all }: { counts: ReadonlyMap<string, number>; all: Objects },
  who: Person,
): Promise<string[]> {
  // What names no event there is at its time is nobody's: one such row in each world.
  const strays = (table: string): number =>
    ['audit_event_case', 'audit_leaf'].includes(table) ? all.worlds.length : 0;
  const isAuditor = who.roles.includes('auditor');
  const probes = ['audit_event', 'audit_event_case', 'audit_leaf', 'case_file'].map((table): Probe => ({
    table,
    what: `audited at the top by ${who.id}`,
    sql: `select from hien.${table}`,
    expected: String(isAuditor ? (counts.get(table) ?? 0) - strays(table) : 0),
  }));
  return auditor.as(who, (client) => probed(client, probes));
}
