import type { Pool } from 'pg';
import { isDeed } from '../../server/audit/vocabulary.ts';
import { openPool } from '../../server/db/pool.ts';
import { caseCode } from '../../server/kernel/case-code.ts';
import { randomBytes } from 'node:crypto';
import { newId } from '../../server/kernel/ids.ts';
import { auditors, caseWorkers, playerOf, recipientFor } from './cast.ts';
import { insertOf, templateOf, type Renaming, type Template } from './bare-rows.ts';
import { bareSession, eventStatements, type BareSession, type EventTemplate, type Statement } from './bare-session.ts';
import * as read from './bare-reads.ts';
import type { Sample } from './make-case.ts';
import type { Operation, Player } from './measure.ts';
import type { UnitName } from './options.ts';
import type { Stage } from './stage.ts';
import { anyOf, half } from './system-units.ts';

export type BareSide = { stage: Stage; samples: readonly Sample[]; pool: Pool; isPipelined: boolean };

type Person = { session: BareSession; own: readonly Sample[] };
type Make = (on: BareSide, person: Person) => Promise<Operation>;

const MAKERS: Readonly<Record<UnitName, Make>> = { register, open, list, find, refer, audit };

/** The owner's pool: no row-level security, as many connections as the system has for the unit. */
export function barePool(stage: Stage, max: number): Pool {
  return openPool({ url: stage.ownerUrl, max, onError: () => {} });
}

/** `count` people who do the unit's reading and writing in bare prepared SQL. The system must have done the unit before. */
export async function barePlayers(on: BareSide, unit: UnitName, count: number): Promise<Player[]> {
  const people = unit === 'audit' ? auditors(on.stage) : caseWorkers(on.stage);
  const known = people.filter((id) => unit === 'audit' || on.samples.some((sample) => sample.staffId === id));
  const players: Player[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    const person = await personOf(on, known[nth % known.length] ?? '');
    players.push({ operation: await MAKERS[unit](on, person), close: async () => {} });
  }
  return players;
}

async function personOf(on: BareSide, staffId: string): Promise<Person> {
  const client = await on.pool.connect();
  try {
    const { actor } = await playerOf(on.stage, client, staffId);
    const own = on.samples.filter((sample) => sample.staffId === staffId);
    return { session: bareSession(on.pool, actor, on.isPipelined), own };
  } finally {
    client.release();
  }
}

const REGISTERED = [
  ['case_file', 'id = $1'],
  ['access_grant', "subject_id = $1 and subject_kind = 'case'"],
  ['case_member', "subject_id = $1 and subject_kind = 'case'"],
  ['data_key', 'subject_id = $1'],
  ['sealed_document', "subject_id = $1 and record_kind in ('case', 'survivor', 'incident', 'statistics')"],
  ['blind_index', 'case_id = $1'],
] as const;

async function register(on: BareSide, { session, own }: Person): Promise<Operation> {
  const model = anyOf(own);
  const templates = await templatesOf(on, REGISTERED, model.caseId);
  const replay = await templatesOf(on, [['idempotency', 'true limit 1']]);
  const event = await eventOf(on, 'case.register');
  const keep = peopleOf(on.stage);
  return async () => {
    const caseId = newId();
    const rename: Renaming = new Map([[model.caseId, caseId]]);
    renameText(templates, rename, { column: 'code', value: caseCode(randomBytes(8)) });
    const rows = templates.map((template) => insertOf(template, rename, keep));
    const key: Renaming = new Map([[String(replay[0]?.rows[0]?.[1]), newId()]]);
    const again = replay.map((template) => insertOf(template, key, keep));
    await session.transaction([...rows, ...again], eventStatements(session, event, [caseId]));
  };
}

async function open(on: BareSide, { session, own }: Person): Promise<Operation> {
  const event = await eventOf(on, 'case.open');
  return async () => {
    const { caseId, agencyId } = anyOf(own);
    const rows = [...read.caseRows(caseId, agencyId), ...read.caseSurroundings(caseId)];
    await session.transaction(rows, eventStatements(session, event, [caseId]));
  };
}

async function list(on: BareSide, { session }: Person): Promise<Operation> {
  const event = await eventOf(on, 'case.list');
  return async () => {
    await session.transaction([read.caseList(session.staffId)], eventStatements(session, event, event.caseIds));
  };
}

async function find(on: BareSide, { session, own }: Person): Promise<Operation> {
  const event = await eventOf(on, 'case.search');
  return async () => {
    const { caseId, agencyId, indexes } = anyOf(own);
    const looked = indexes.map(read.caseIdsByIndex);
    const opened = read.caseRows(caseId, agencyId).filter(({ name }) => name !== 'bare case_file');
    await session.transaction(looked, opened, [read.caseLine(caseId), ...eventStatements(session, event, [caseId])]);
  };
}

async function audit(on: BareSide, { session }: Person): Promise<Operation> {
  const event = await eventOf(on, 'audit.search');
  return async () => {
    const { caseId } = anyOf(on.samples);
    await session.transaction([read.eventsOfCase(caseId)], eventStatements(session, event, [caseId]));
  };
}

const REFERRED = [
  ['referral', 'id = $1'],
  ['access_grant', 'subject_id = $1'],
  ['data_key', 'subject_id = $1'],
] as const;

const STATISTICS = [
  ['access_grant', "subject_id = $1 and holder_kind = 'statistics'"],
  ['data_key', "subject_id = $1 and compartment = 'statistics'"],
  ['sealed_document', "subject_id = $1 and compartment = 'statistics'"],
] as const;

/** The three transactions of a referral, reading what each has to know and writing what each leaves. */
async function refer(on: BareSide, { session, own }: Person): Promise<Operation> {
  const recipient = recipientFor(on.stage, session.agencyId);
  const desk = (await personOf(on, recipient.desk)).session;
  const { referralId, ...rows } = await referralTemplates(on, session.agencyId);
  const counted = await statisticsTemplates(on, own);
  const events = {
    draft: await eventOf(on, 'referral.draft'),
    dispatch: await eventOf(on, 'referral.dispatch'),
    accept: await eventOf(on, 'referral.accept'),
  };
  const keep = peopleOf(on.stage);
  return async () => {
    const { caseId, consentId, agencyId } = anyOf(half(own, 1));
    const id = newId();
    const rename: Renaming = new Map([[referralId, id]]);
    renameText(rows.referral, rename, { column: 'case_id', value: caseId });
    renameText(rows.referral, rename, { column: 'consent_id', value: consentId });
    const inserts = (templates: readonly Template[]): Statement[] =>
      templates.map((template) => insertOf(template, rename, keep));
    const whole = [...read.caseRows(caseId, agencyId), read.consents(caseId)];
    await session.transaction(whole, [
      ...inserts([...rows.asDraft, ...rows.draftDocument]),
      ...eventStatements(session, events.draft, [caseId]),
    ]);
    await session.transaction(
      [read.referral(id), ...whole],
      [
        ...inserts(rows.sent),
        read.send(id, rows.referral[0]),
        ...read.dropStatistics(caseId),
        ...counted.rows.map((template) => insertOf(template, new Map([[counted.caseId, caseId]]), keep)),
        ...eventStatements(session, events.dispatch, [caseId]),
      ],
    );
    await desk.transaction(
      [read.referral(id), read.colleagues(desk.agencyId), read.grants(id, desk.agencyId)],
      [read.accept(id), ...inserts(rows.member), read.documents(id), ...eventStatements(desk, events.accept, [caseId])],
    );
  };
}

async function referralTemplates(on: BareSide, agencyId: string) {
  const { rows } = await on.pool.query<{ id: string }>(
    "select id from hien.referral where state = 'accepted' and sender_agency_id = $1 order by id desc limit 1",
    [agencyId],
  );
  const referralId = rows[0]?.id ?? '';
  const [referral, grants, keys] = (await templatesOf(on, REFERRED, referralId)) as [Template, Template, Template];
  const draftDocument = await templatesOf(
    on,
    [['sealed_document', "record_id = $1 and compartment = 'facts'"]],
    referralId,
  );
  const envelope = await templatesOf(
    on,
    [['sealed_document', "record_id = $1 and compartment = 'envelope'"]],
    referralId,
  );
  const member = await templatesOf(on, [['case_member', 'subject_id = $1']], referralId);
  const asDraft = [read.asDraft(referral)];
  return { referralId, referral: [referral], asDraft, draftDocument, sent: [grants, keys, ...envelope], member };
}

/** The record that a dispatch writes anew, of some case that has one. */
async function statisticsTemplates(on: BareSide, own: readonly Sample[]) {
  const { rows } = await on.pool.query<{ id: string }>(
    "select subject_id as id from hien.access_grant where holder_kind = 'statistics' and subject_id = any ($1) limit 1",
    [own.map(({ caseId }) => caseId)],
  );
  const caseId = rows[0]?.id ?? '';
  return { caseId, rows: await templatesOf(on, STATISTICS, caseId) };
}

async function templatesOf(
  on: BareSide,
  tables: readonly (readonly [string, string])[],
  ...values: unknown[]
): Promise<Template[]> {
  const client = await on.pool.connect();
  try {
    const found: Template[] = [];
    for (const [table, condition] of tables) found.push(await templateOf(client, table, { condition, values }));
    return found;
  } finally {
    client.release();
  }
}

async function eventOf(on: BareSide, action: string): Promise<EventTemplate> {
  const newest = "action = $1 and outcome = 'done' order by recorded_at desc limit 1";
  const [row] = (await templatesOf(on, [['audit_event', newest]], action)) as [Template];
  const { rows } = await on.pool.query<{ case_id: string }>(
    'select case_id from hien.audit_event_case where event_id = $1',
    [row.rows[0]?.[0]],
  );
  const without = row.columns.indexOf('xid');
  const cut = <T>(list: readonly T[]): T[] => list.filter((_, index) => index !== without);
  return {
    row: { ...row, columns: cut(row.columns), rows: row.rows.map(cut) },
    caseIds: rows.map((each) => each.case_id),
    isDeed: isDeed({ action, outcome: 'done' }),
  };
}

type Replacement = { column: string; value: string };

function renameText(templates: readonly Template[], rename: Renaming, { column, value }: Replacement): void {
  for (const { columns, rows } of templates) {
    const at = columns.indexOf(column);
    const old = at < 0 ? undefined : rows[0]?.[at];
    if (typeof old === 'string') rename.set(old, value);
  }
}

/** Ids of the directory stay what they are. */
function peopleOf(stage: Stage): Set<string> {
  return new Set([...stage.district.agencies, ...stage.district.staff].map(({ id }) => id));
}
