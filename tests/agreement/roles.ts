import type pg from 'pg';
import { PROTECTED_TABLES } from '../../server/db/soundness.ts';
import { isCounted } from './world-rows.ts';
import { eventRow, insert } from './inserts.ts';
import { probed, whether, type Probe } from './probe.ts';
import type { Objects } from './rows.ts';
import type { Ground } from './write-worlds.ts';

/** What a role that is no person passes by row-level security, by table; everything else is closed to it. */
type Passes = Readonly<Record<'look' | 'change' | 'remove' | 'add', readonly string[]>>;

const SETTLED = ['conflict_bar', 'conflict_doubt', 'break_glass', 'case_member', 'blind_index'];
const PURGED = ['registration_draft', 'idempotency'];
const REVIEWS = ['finding', 'explanation'];
const SEALED = [
  'access_grant',
  'sealed_document',
  'referral',
  'registration_draft',
  'key_renewal',
  'break_glass',
  ...REVIEWS,
];
const NOTHING: Passes = { look: [], change: [], remove: [], add: [] };
const LOG = ['audit_event', 'audit_event_case'];
const TREE = ['audit_leaf', 'audit_tile', 'audit_checkpoint', 'audit_cosignature'];
const CASE_DATA = PROTECTED_TABLES.filter((table) => ![...LOG, ...TREE].includes(table));

/** From the head of row-security.sql and the roles of migrations 0001, 0011, 0012, 0015, 0016 and 0017. */
const ROLES: Readonly<Record<string, Passes>> = {
  // Owns the tables, and sees no row of them.
  hien_owner: NOTHING,
  // The application without a bound person: at most an event in nobody's name, as at sign-in.
  hien_app: { ...NOTHING, add: LOG },
  hien_auditor: { ...NOTHING, add: LOG },
  // Answers the questions of policies and decisions; settles conflicts, emergency access and restrictions; purges.
  hien_definer: {
    look: [
      ...SETTLED,
      ...PURGED,
      ...LOG,
      ...REVIEWS,
      'audit_leaf',
      'audit_tile',
      'access_grant',
      'case_file',
      'consent',
      'referral',
      'erased_case',
      'key_renewal',
    ],
    change: [...SETTLED, ...PURGED, ...REVIEWS, 'case_file'],
    remove: [...SETTLED, ...PURGED, ...REVIEWS],
    add: [...SETTLED, ...PURGED, ...REVIEWS, 'key_renewal', 'surname_match'],
  },
  // Seals again under newer keys.
  hien_keeper: {
    look: [...SEALED, 'data_key'],
    change: SEALED,
    remove: ['data_key', 'key_renewal'],
    add: ['data_key', 'audit_event_case'],
  },
  // Lets the tree of the log grow.
  hien_sequencer: {
    look: ['audit_event', ...TREE],
    change: ['audit_tile'],
    remove: [],
    add: [...TREE, 'audit_event_case'],
  },
  // Dumps, restores and erases whole tables; to the log it can only add.
  hien_archivist: { look: PROTECTED_TABLES, change: CASE_DATA, remove: CASE_DATA, add: PROTECTED_TABLES },
};

/** A constant for each table, so that a change asks for no row to be seen. */
const CHANGES: Readonly<Record<string, string>> = {
  case_file: 'restricted_at = null',
  access_grant: 'ends_at = null',
  case_member: 'ends_at = null',
  data_key: `commitment = sha256('x')`,
  sealed_document: 'is_current = true',
  blind_index: `field = 'x'`,
  registration_draft: 'page = 2',
  idempotency: 'status = 200',
  consent: 'version = 2',
  referral: 'priority = 1',
  conflict_bar: 'lifted_at = null',
  conflict_doubt: 'answered_at = null',
  break_glass: 'case_code = $$x$$',
  erasure_request: 'reason = $$x$$',
  erased_case: 'certificate = $$x$$',
  key_renewal: 'renewed_at = null',
  audit_leaf: `leaf_hash = sha256('x')`,
  audit_tile: 'width = 1',
  audit_checkpoint: 'note = $$x$$',
  audit_cosignature: 'line = $$x$$',
  finding: 'note_key_version = 2',
  finding_event: 'recorded_at = now()',
  explanation: 'due_at = now()',
  surname_match: 'noted_at = now()',
};

/** `columns`: those that are written, and not made of others. */
type Facts = { counts: Map<string, number>; samples: Map<string, string>; columns: Map<string, string>; all: Objects };

export async function factsOfTables({ ask }: Ground, all: Objects): Promise<Facts> {
  const counts = new Map<string, number>();
  const samples = new Map<string, string>();
  const columns = new Map<string, string>();
  for (const table of PROTECTED_TABLES) {
    const [row] = await ask<{ count: number; sample: string | null; columns: string }>(
      `select (select count(*)::int from hien.${table}) as count, (select quote_literal(to_jsonb(t)::text) from hien.${table} t limit 1) as sample,
         (select string_agg(quote_ident(attname), ', ') from pg_attribute
           where attrelid = 'hien.${table}'::regclass and attnum > 0 and not attisdropped and attgenerated = '') as columns`,
    );
    columns.set(table, row?.columns ?? '');
    counts.set(table, row?.count ?? 0);
    samples.set(table, row?.sample ?? `'{}'`);
  }
  return { counts, samples, columns, all };
}

function probesFor(role: string, facts: Facts): Probe[] {
  const passes = ROLES[role] ?? NOTHING;
  const probe = (table: string, what: string, rest: Pick<Probe, 'sql' | 'expected'>): Probe => ({
    table,
    what: `${role}: ${what}`,
    ...rest,
  });
  return PROTECTED_TABLES.flatMap((table) => [
    probe(table, 'look', { sql: `select from hien.${table}`, expected: seen(role, table, facts) }),
    ...(isFixed(role, table)
      ? []
      : [
          probe(table, 'change', {
            sql: `update hien.${table} set ${CHANGES[table]}`,
            expected: String(passes.change.includes(table) ? facts.counts.get(table) : 0),
          }),
          probe(table, 'remove', { sql: `delete from hien.${table}`, expected: removed(role, table, facts) }),
        ]),
    probe(table, 'add', {
      sql: `insert into hien.${table} (${facts.columns.get(table)}) select ${facts.columns.get(table)}
        from jsonb_populate_record(null::hien.${table}, ${sampleOf(table, facts)})`,
      expected: whether(passes.add.includes(table)),
    }),
  ]);
}

/** What stands in the log, triggers keep as it is; the archivist has no right to try. */
const isFixed = (role: string, table: string): boolean =>
  LOG.includes(table) || (role === 'hien_archivist' && TREE.includes(table));

/** In the log, in nobody's name; a grant is an agency's. */
function sampleOf(table: string, { samples }: Facts): string {
  const sample = `${samples.get(table) ?? ''}::jsonb`;
  if (table === 'audit_event') return `${sample} || '{"actor_id": null, "agency_id": null}'`;
  return table === 'access_grant' ? `${sample} || '{"holder_kind": "agency"}'` : sample;
}

/** The definer finds and drops the statistics of a case for whoever may not see them. */
function statisticsIn(table: string, { all }: Facts): number {
  if (!['sealed_document', 'data_key'].includes(table)) return 0;
  const subjects = all.worlds.flatMap((world) =>
    [...world.cases, ...world.referrals].filter((subject) => isCounted(world, subject)),
  );
  return subjects.length;
}

function seen(role: string, table: string, facts: Facts): string {
  const passes = ROLES[role] ?? NOTHING;
  if (passes.look.includes(table)) return String(facts.counts.get(table));
  return String(role === 'hien_definer' ? statisticsIn(table, facts) : 0);
}

/** The definer also removes keys of referrals whose time is over, and the statistics; the keeper what the guardian holds. */
function removed(role: string, table: string, facts: Facts): string {
  const grants = facts.all.grants.map(({ grant }) => grant);
  const ofKind = (kind: string): number => grants.filter(({ holderKind }) => holderKind === kind).length;
  if (role === 'hien_definer' && table === 'access_grant') {
    const over = grants.filter(({ about, end }) => about === 'referral' && end === 'over');
    return String(over.length + ofKind('statistics'));
  }
  if (role === 'hien_keeper' && table === 'access_grant') return String(ofKind('guardian'));
  if ((ROLES[role] ?? NOTHING).remove.includes(table)) return String(facts.counts.get(table));
  return String(role === 'hien_definer' ? statisticsIn(table, facts) : 0);
}

/** The definer takes the notice from recipients of lapsed referrals, and gives nothing; the keeper gives grants to the guardian alone; keeper and sequencer log their own deeds only. */
function special(role: string, facts: Facts): Probe[] {
  const { all } = facts;
  const lapsed = all.referrals.filter(({ referral }) => referral.isLapsed).length;
  const event = (what: string, row: Parameters<typeof insert>[2], may: boolean): Probe =>
    insert('audit_event', `${role}: ${what}`, row)(may);
  if (role === 'hien_definer')
    return [
      {
        table: 'referral',
        what: 'purge',
        sql: 'update hien.referral set recipient_key_version = null',
        expected: `${lapsed}`,
      },
      {
        table: 'referral',
        what: 'give',
        sql: 'update hien.referral set recipient_key_version = 2',
        expected: 'refused',
      },
      {
        table: 'referral',
        what: 'give a notice',
        sql: `update hien.referral set recipient_key_version = null, recipient_notice = 'x'`,
        expected: 'refused',
      },
    ];
  const deeds = OWN_DEEDS[role];
  if (deeds === undefined) return [];
  const [somebody, first] = [all.people[0], `'${deeds[0]}'`];
  return [
    ...deeds.map((deed) => event(deed, eventRow('null', 'null', `'${deed}'`), true)),
    event('another deed', eventRow('null', 'null'), false),
    event('in a person’s name', eventRow(somebody?.id ?? '', 'null', first), false),
    event('in an agency’s name', eventRow('null', somebody?.agencyId ?? '', first), false),
    ...(role === 'hien_keeper' ? [guards(facts)] : []),
  ];
}

const OWN_DEEDS: Readonly<Record<string, readonly string[]>> = {
  hien_keeper: [
    'keys.rotate',
    'keys.reencrypt',
    'keys.guardian',
    'keys.cover',
    'keys.renew_ring',
    'reports.open_statistics',
  ],
  hien_sequencer: ['audit.heartbeat'],
};

function guards({ samples }: Facts): Probe {
  const row = `${samples.get('access_grant')}::jsonb || '{"holder_kind": "guardian"}'`;
  const sql = `insert into hien.access_grant select * from jsonb_populate_record(null::hien.access_grant, ${row})`;
  return { table: 'access_grant', what: 'hien_keeper: guard', sql, expected: whether(true) };
}

/** What passes beside the table above; on a superuser's connection, in a transaction that is undone. */
export async function rolesDisagreeing(superuser: pg.Client, facts: Facts): Promise<string[]> {
  const found: string[] = [];
  for (const role of Object.keys(ROLES)) {
    await superuser.query('begin');
    // The definer changes only lapsed referrals, which the table above does not say.
    const probes = probesFor(role, facts).filter(
      ({ table, what }) => !(role === 'hien_definer' && table === 'referral' && what.endsWith('change')),
    );
    await superuser.query(`grant usage on schema hien to ${role}; set local role ${role}`);
    found.push(...(await probed(superuser, [...probes, ...special(role, facts)])));
    await superuser.query('rollback');
  }
  return found;
}
