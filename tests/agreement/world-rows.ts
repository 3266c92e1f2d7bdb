import { erasedTables, logTables } from './log-rows.ts';
import { at, BYTES, DAY, HOUR, type Row, type Table } from './row-values.ts';
import { areaOf } from './draw.ts';
import type { Case, End, Grant, Person, Referral, World } from './world.ts';

function endOf(end: End): string | null {
  if (end === 'open') return null;
  return at(end === 'later' ? DAY : -HOUR);
}

/** Every row of a world by table, in an order that foreign keys allow; conflicts of interest and bearers apart. */
export function tablesOf(world: World): Table[] {
  const { agencies, people, cases, referrals, number } = world;
  const spares = agencies.map(({ id, spareId }) => ({ id: spareId, agencyId: id }));
  const subjects = [...cases, ...referrals];
  const grants = subjects.flatMap((subject) => subject.grants.map((grant) => ({ grant, caseId: caseIdOf(subject) })));
  const counted = subjects.filter((each) => isCounted(world, each));
  return [
    ['area', agencies.map((_, nth) => areaRow(number, nth))],
    ['agency', agencies.map(({ id, area }) => agencyRow(id, area))],
    ['staff', spares.map(({ id, agencyId }) => staffRow(id, agencyId))],
    ...staffTables(people),
    ['case_file', cases.map(caseRow)],
    ['access_grant', grants.map(grantRow)],
    ['case_member', grants.flatMap(memberRows)],
    ['consent', cases.flatMap(consentRows)],
    ['referral', referrals.map(referralRow)],
    ['break_glass', cases.flatMap(openingRows)],
    ['conflict_doubt', cases.flatMap(doubtRows)],
    ['surname_match', bearersOf(world).map(bearerRow)],
    ['data_key', [...withStrays(world, subjects.map(dataKeyRow), { version: 2 }), ...counted.map(statisticsKeyRow)]],
    [
      'sealed_document',
      [...withStrays(world, subjects.flatMap(documentRows), { revision: 2 }), ...counted.map(statisticsRow)],
    ],
    ['blind_index', withStrays(world, cases.map(indexRow), {})],
    ['key_renewal', cases.map((each) => ({ id: each.id, asked_at: at(0), ...subjectColumns(each) }))],
    ['registration_draft', people.map(draftRow)],
    ['idempotency', people.map(({ id }) => replayRow(id))],
    ...erasedTables(world),
    ...logTables(world),
  ];
}

/** People with their roles and sessions. */
export function staffTables(people: readonly Person[]): Table[] {
  return [
    ['staff', people.map(({ id, agencyId }) => staffRow(id, agencyId))],
    ['staff_role', people.flatMap(({ id, roles }) => roles.map((role) => ({ staff_id: id, role })))],
    ['staff_session', people.map(sessionRow)],
  ];
}

type Subject = Case | Referral;

function caseIdOf(subject: Subject): string {
  return 'caseId' in subject ? subject.caseId : subject.id;
}
function ownerOf(subject: Subject): string {
  return 'ownerId' in subject ? subject.ownerId : subject.senderId;
}

function areaRow(number: number, nth: number): Row {
  const parent = nth === 0 ? null : areaOf(number, 0);
  return {
    code: areaOf(number, nth),
    valid_from: '2025-07-01',
    name: 'a',
    parent,
    level: parent ? 'commune' : 'province',
  };
}

function agencyRow(id: string, area: string): Row {
  return { id, name_vi: 'a', name_en: 'a', kind: 'ward_police', area_code: area, valid_from: '2025-07-01' };
}

function staffRow(id: string, agencyId: string): Row {
  return { id, username: id, display_name: 'a', agency_id: agencyId, is_active: true, created_at: at(0) };
}

function sessionRow({ id }: Person): Row {
  const base = { id, staff_id: id, public_hash: BYTES, created_at: at(0), last_seen_at: at(0) };
  return { ...base, expires_at: at(DAY / 4), event_seq: 0 };
}

function caseRow(each: Case): Row {
  return {
    id: each.id,
    code: each.id,
    owner_agency_id: each.ownerId,
    stage: 'new',
    priority: 3,
    basis_kind: 'consent',
    version: 1,
    created_by: each.createdBy,
    created_at: at(0),
    changed_at: at(0),
    is_demonstration: false,
    restricted_at: each.isRestricted ? at(0) : null,
  };
}

type Granted = { grant: Grant; caseId: string };

function grantRow({ grant, caseId }: Granted): Row {
  return {
    id: grant.id,
    holder_kind: grant.holderKind,
    holder_id: grant.holderId,
    holder_key_version: 1,
    subject_kind: grant.about,
    subject_id: grant.subjectId,
    case_id: caseId,
    owner_agency_id: grant.ownerId,
    basis_kind: 'ownership',
    begins_at: at(-2 * DAY),
    ends_at: endOf(grant.end),
    bundle: BYTES,
  };
}

function memberRows({ grant, caseId }: Granted): Row[] {
  return grant.members.map((each) => ({
    grant_id: grant.id,
    staff_id: each.staffId,
    agency_id: grant.holderKind === 'agency' ? grant.holderId : grant.ownerId,
    subject_kind: grant.about,
    subject_id: grant.subjectId,
    case_id: caseId,
    member_role: each.role,
    begins_at: at(-2 * DAY),
    ends_at: endOf(each.end),
  }));
}

function consentRows({ consents, createdBy }: Case): Row[] {
  return consents.map((each) => ({
    id: each.id,
    case_id: each.caseId,
    owner_agency_id: each.ownerId,
    recipient_agency_id: each.recipientId,
    state: each.state,
    valid_until: at(100 * DAY).slice(0, 10),
    recorded_by: createdBy,
    recorded_at: at(0),
    version: 1,
  }));
}

function referralRow(each: Referral): Row {
  return {
    id: each.id,
    case_id: each.caseId,
    sender_agency_id: each.senderId,
    recipient_agency_id: each.recipientId,
    state: 'draft',
    priority: 3,
    ends_on: at(each.isLapsed ? -3 * DAY : 100 * DAY).slice(0, 10),
    created_by: each.createdBy,
    created_at: at(0),
    version: 1,
    recipient_key_version: 1,
  };
}

function openingRows({ openings, id, ownerId }: Case): Row[] {
  return openings.map((each) => ({
    id: each.id,
    case_id: id,
    case_code: id,
    staff_id: each.staffId,
    agency_id: ownerId,
    reason_code: 'LIFE_DANGER',
    reason_key_version: 1,
    sealed_reason: BYTES,
    opened_at: at(each.end === 'later' ? 0 : -HOUR),
    ends_at: at(each.end === 'later' ? HOUR : -HOUR / 2),
    review_due_at: at(DAY),
  }));
}

function doubtRows({ doubts, id }: Case): Row[] {
  return doubts.map((each) => ({ id: each.id, case_id: id, staff_id: each.staffId, created_at: at(0) }));
}

/** In each case somebody bears the family name of one of the people, wherever that person works. */
export function bearersOf({ cases, people }: World): { of: Case; who: Person }[] {
  return cases.flatMap((of, nth) => {
    const who = people[nth % people.length];
    return who === undefined ? [] : [{ of, who }];
  });
}

function bearerRow({ of, who }: { of: Case; who: Person }): Row {
  const agencies = { agency_id: who.agencyId, owner_agency_id: of.ownerId };
  return { case_id: of.id, staff_id: who.id, ...agencies, noted_at: at(0) };
}

export function barsOf({ bars, id }: Case): Row[] {
  return bars.map((each) => ({
    case_id: id,
    staff_id: each.staffId,
    origin: 'exclusion',
    created_at: at(0),
    lifted_at: each.isLifted ? at(0) : null,
  }));
}

function subjectColumns(subject: Subject): Row {
  return {
    subject_kind: 'ownerId' in subject ? 'case' : 'referral',
    subject_id: subject.id,
    case_id: caseIdOf(subject),
    owner_agency_id: ownerOf(subject),
  };
}

function dataKeyRow(subject: Subject): Row {
  return { ...subjectColumns(subject), compartment: 'facts', version: 1, commitment: BYTES, created_at: at(0) };
}

/** A case has facts; a referral its envelope and what came back. */
function documentRows(subject: Subject): Row[] {
  return ('ownerId' in subject ? ['facts'] : ['envelope', 'feedback']).map((compartment) => ({
    id: subject.id.replace('-7000-', compartment === 'feedback' ? '-7f00-' : '-7e00-'),
    revision: 1,
    is_current: true,
    ...subjectColumns(subject),
    record_kind: compartment,
    record_id: subject.id,
    compartment,
    key_version: 1,
    sealed: BYTES,
    written_by: subject.id,
    written_at: at(0),
  }));
}

/**
 * What has a record of the statistics: a case of which they hold a grant, and, put there past every guard, each of its
 * referrals.
 */
export function isCounted({ cases }: World, subject: Subject): boolean {
  const of = cases.find(({ id }) => id === caseIdOf(subject));
  return of?.grants.some(({ holderKind, ownerId }) => holderKind === 'statistics' && ownerId === of.ownerId) === true;
}

function statisticsKeyRow(subject: Subject): Row {
  return { ...dataKeyRow(subject), compartment: 'statistics' };
}

function statisticsRow(subject: Subject): Row {
  const [row] = documentRows(subject);
  return { ...row, id: subject.id.replace('-7000-', '-7d00-'), compartment: 'statistics', record_kind: 'statistics' };
}

/** In some cases each row once more, its copy of the owner naming another agency; and once more saying it is of the other kind. */
function withStrays({ cases, agencies }: World, rows: readonly Row[], apart: Row): Row[] {
  const astray = new Set(cases.filter((of) => of.hasStrays).map(({ id }) => id));
  const owners = new Map(cases.map(({ id, ownerId }) => [id, ownerId]));
  const elsewhere = (row: Row): unknown =>
    agencies.find(({ id }) => ![row['owner_agency_id'], owners.get(String(row['case_id']))].includes(id))?.id;
  const strays = rows
    .filter((row) => astray.has(String(row['case_id'])))
    .map((row) => ({ ...row, ...apart, owner_agency_id: elsewhere(row) }));
  return [...rows, ...strays, ...strays.filter((row) => 'subject_kind' in row).map(ofOtherKind)];
}

function ofOtherKind(row: Row): Row {
  const kind = row['subject_kind'] === 'case' ? 'referral' : 'case';
  const apart = 'revision' in row ? { revision: 3 } : {};
  return { ...row, ...apart, subject_kind: kind, compartment: `${String(row['compartment'])} of another kind` };
}

function indexRow(each: Case): Row {
  const { subject_kind: _kind, subject_id: _id, ...columns } = subjectColumns(each);
  return { ...columns, record_kind: 'survivor', record_id: each.id, purpose: 'search', field: 'phone', value: BYTES };
}

function draftRow({ id, agencyId }: Person): Row {
  const base = { id, staff_id: id, agency_id: agencyId, page: 1, version: 1, key_version: 1, sealed: BYTES };
  return { ...base, updated_at: at(0), expires_at: at(DAY) };
}

function replayRow(id: string): Row {
  return { actor_id: id, key: 'k', request_mac: BYTES, status: 201, resource_id: id, created_at: at(0) };
}
