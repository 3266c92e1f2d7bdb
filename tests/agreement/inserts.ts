import * as oracle from './oracle.ts';
import { whether, type Probe } from './probe.ts';
import type { Case, Grant, Person, Referral, World } from './world.ts';

type Row = Readonly<Record<string, string>>;
const BYTES = `'\\x${'5a'.repeat(32)}'`;
const FRESH = 'gen_random_uuid()';

function insert(table: string, what: string, row: Row): (may: boolean) => Probe {
  const values = Object.values(row).map((value) => (/^[0-9a-f]{8}-/.test(value) ? `'${value}'` : value));
  const sql = `insert into hien.${table} (${Object.keys(row).join(', ')}) values (${values.join(', ')})`;
  return (may) => ({ table, what: `add ${what}`, sql, expected: whether(may) });
}

type Subject = { kind: string; id: string; caseId: string; holderKind?: Grant['holderKind'] };
const grantRow = (holder: string, owner: string, subject: Subject): Row => ({
  id: FRESH,
  holder_kind: `'${subject.holderKind ?? 'agency'}'`,
  holder_id: holder,
  holder_key_version: '1',
  subject_kind: `'${subject.kind}'`,
  subject_id: subject.id,
  case_id: subject.caseId,
  owner_agency_id: owner,
  basis_kind: `'ownership'`,
  begins_at: 'now()',
  bundle: BYTES,
});
const subjectRow = (owner: string, subject: { kind: string; id: string; caseId: string }): Row => ({
  subject_kind: `'${subject.kind}'`,
  subject_id: subject.id,
  case_id: subject.caseId,
  owner_agency_id: owner,
});
const keyRow = (subject: Row): Row => ({
  ...subject,
  compartment: `'x'`,
  version: '9',
  commitment: BYTES,
  created_at: 'now()',
});
const documentRow = (writer: string, subject: Row): Row => ({
  id: FRESH,
  revision: '1',
  ...subject,
  record_kind: `'x'`,
  record_id: FRESH,
  compartment: `'feedback'`,
  key_version: '1',
  sealed: BYTES,
  written_by: writer,
  written_at: 'now()',
});
const memberRow = (staff: string, agency: string, under: { grant: Grant; caseId: string }): Row => ({
  grant_id: under.grant.id,
  staff_id: staff,
  agency_id: agency,
  subject_kind: `'${under.grant.about}'`,
  subject_id: under.grant.subjectId,
  case_id: under.caseId,
  member_role: `'member'`,
  begins_at: 'now()',
});

/** Rows of a case: who may add them, and that nobody adds them in the name of another agency or person. */
export function insertsIntoCase(who: Person, world: World, of: Case): Probe[] {
  const home = who.agencyId;
  const keeps = oracle.keepsCase(who, of);
  const subject = { kind: 'case', id: of.id, caseId: of.id };
  const other = world.agencies.find((each) => each.id !== home)?.id ?? '';
  const somebody = world.people.find((each) => each.id !== who.id)?.id ?? '';
  // Whoever has only just registered a case gives the first grant.
  const isFirst = of.createdBy === who.id && of.ownerId === home && of.grants.length === 0;
  const consent = {
    id: FRESH,
    case_id: of.id,
    recipient_agency_id: other,
    state: `'valid'`,
    valid_until: 'now()',
    recorded_by: who.id,
    recorded_at: 'now()',
  };
  const index = {
    case_id: of.id,
    record_kind: `'x'`,
    record_id: FRESH,
    purpose: `'search'`,
    field: `'x'`,
    value: BYTES,
  };
  const ours = (owner: string, may: boolean): Probe[] => [
    // Those of guardian and statistics are given like all others.
    ...(['agency', 'guardian', 'statistics'] as const).map((holderKind) =>
      insert(
        'access_grant',
        `a grant of ${holderKind}`,
        grantRow(home, owner, { ...subject, holderKind }),
      )(may || (isFirst && owner === home)),
    ),
    insert('data_key', 'a key', keyRow(subjectRow(owner, subject)))(may),
    insert('sealed_document', 'a document', documentRow(who.id, subjectRow(owner, subject)))(may),
    // New data keys are asked for by the loss of a partner's grant, and by nobody.
    insert('key_renewal', 'a renewal', { id: FRESH, ...subjectRow(owner, subject) })(false),
    insert('consent', 'a consent', { ...consent, owner_agency_id: owner })(may),
    insert('blind_index', 'an index', { ...index, owner_agency_id: owner })(may),
    insert('referral', 'a referral', draftRow({ who: who.id, owner, of }, other))(may),
  ];
  return [
    ...ours(home, keeps),
    ...(of.ownerId === home ? ours(other, false) : ours(of.ownerId, false)),
    insert('referral', 'in another name', draftRow({ who: somebody, owner: home, of }, other))(false),
    insert('sealed_document', 'in another name', documentRow(somebody, subjectRow(home, subject)))(false),
    insert(
      'sealed_document',
      'of another case',
      documentRow(who.id, subjectRow(home, { ...subject, caseId: somebody })),
    )(false),
    insert(
      'sealed_document',
      'of the other kind',
      documentRow(who.id, subjectRow(home, { ...subject, kind: 'referral' })),
    )(false),
    insert('access_grant', 'of another case', grantRow(home, home, { ...subject, id: somebody }))(false),
    insert('access_grant', 'of the other kind', grantRow(home, home, { ...subject, kind: 'referral' }))(false),
    ...of.grants.flatMap((grant) => joins(who, world, { of, grant })),
  ];
}

function draftRow({ who, owner, of }: { who: string; owner: string; of: Case }, recipient: string): Row {
  const parties = { case_id: of.id, sender_agency_id: owner, recipient_agency_id: recipient, created_by: who };
  return { id: FRESH, ...parties, state: `'draft'`, priority: '3', ends_on: 'now()', created_at: 'now()' };
}

type Joining = { of: Case; grant: Grant };

function joining(
  who: Person,
  agency: string,
  { of, grant }: Joining,
): (what: string, staff: string) => (may: boolean) => Probe {
  return (what, staff) =>
    insert('case_member', `${what} by ${who.id}`, memberRow(staff, agency, { grant, caseId: of.id }));
}

/** Who puts people under a grant of a case: its keepers under the agency's, and under a named person's that person alone. */
function joins(who: Person, world: World, under: Joining): Probe[] {
  const { of, grant } = under;
  const spare = world.agencies.find((each) => each.id === who.agencyId)?.spareId ?? '';
  const isAgency = grant.holderKind === 'agency';
  const mayAdd = isAgency && oracle.keepsCase(who, of);
  return [
    joining(who, who.agencyId, under)(`a colleague under ${grant.holderKind}’s grant`, spare)(mayAdd),
    joining(who, elsewhere(world, who), under)('in the name of another agency', spare)(false),
    ...(isAgency ? [] : namedJoins(who, world, under)),
  ];
}

function namedJoins(who: Person, world: World, under: Joining): Probe[] {
  const { of, grant } = under;
  const holder = grant.holderId;
  // The guard against barred members answers first, and it is another wall’s.
  if (of.bars.some((bar) => bar.staffId === holder && !bar.isLifted)) return [];
  const isOurs = world.people.some((each) => each.id === holder && each.agencyId === who.agencyId);
  return [
    joining(who, who.agencyId, under)('the named person', holder)(isOurs && oracle.keepsCase(who, of)),
    joining(who, elsewhere(world, who), under)('the named person for another agency', holder)(false),
  ];
}

function elsewhere(world: World, who: Person): string {
  return world.agencies.find((each) => each.id !== who.agencyId)?.id ?? '';
}

/** Rows of a referral: grants by its sender; documents by both sides; people by the recipient's desk and supervisor. */
export function insertsIntoReferral(
  who: Person,
  world: World,
  { of, referral }: { of: Case; referral: Referral },
): Probe[] {
  const home = who.agencyId;
  const subject = { kind: 'referral', id: referral.id, caseId: of.id };
  const isSender = referral.senderId === home;
  const knows = oracle.knowsReferral(who, of, referral);
  const spare = world.agencies.find((each) => each.id === home)?.spareId ?? '';
  const theirs = referral.grants.at(-1) as Grant;
  const manages = who.roles.some((role) => ['duty_officer', 'supervisor'].includes(role));
  const document = (writer: string, owner: string, about = subject): Row =>
    documentRow(writer, subjectRow(owner, about));
  return [
    insert(
      'access_grant',
      'a grant on a referral',
      grantRow(home, home, subject),
    )(isSender && oracle.knowsCase(who, of)),
    insert(
      'access_grant',
      'a grant on a referral of another case',
      grantRow(home, home, { ...subject, caseId: who.id }),
    )(false),
    insert('sealed_document', 'to a referral', document(who.id, referral.senderId))(knows),
    insert('sealed_document', 'to a referral for another owner', document(who.id, referral.recipientId))(false),
    insert('sealed_document', 'to a referral in another name', document(spare, referral.senderId))(false),
    insert(
      'sealed_document',
      'to a referral as to a case',
      document(who.id, referral.senderId, { ...subject, kind: 'case' }),
    )(false),
    insert(
      'case_member',
      'to a referral',
      memberRow(spare, home, { grant: theirs, caseId: of.id }),
    )(theirs.holderId === home && manages && knows),
    insert(
      'case_member',
      'to a referral for another agency',
      memberRow(spare, elsewhere(world, who), { grant: theirs, caseId: of.id }),
    )(false),
  ];
}

const bearer = (who: Person, of: Case): Row => ({
  ...{ case_id: of.id, staff_id: who.id, agency_id: who.agencyId },
  ...{ owner_agency_id: of.ownerId, noted_at: 'now()' },
});

/** What is about no case of others: registering, drafts, replay keys, the log; always in one's own name. */
export function insertsInOwnName(who: Person, world: World): Probe[] {
  const home = who.agencyId;
  const other = elsewhere(world, who);
  const somebody = world.people.find((each) => each.id !== who.id && each.agencyId === home)?.id ?? '';
  const file = {
    id: FRESH,
    code: FRESH,
    stage: `'new'`,
    priority: '3',
    basis_kind: `'consent'`,
    created_at: 'now()',
    changed_at: 'now()',
  };
  const draft = {
    id: FRESH,
    page: '1',
    version: '1',
    key_version: '1',
    sealed: BYTES,
    updated_at: 'now()',
    expires_at: 'now()',
  };
  const replay = { key: `'n'`, request_mac: BYTES, status: '201', resource_id: FRESH, created_at: 'now()' };
  const names: [string, string, boolean][] = [
    [who.id, home, true],
    [somebody, home, false],
    [who.id, other, false],
  ];
  return [
    ...names.flatMap(([staff, agency, may]) => [
      insert('case_file', 'a case', { ...file, created_by: staff, owner_agency_id: agency })(may),
      insert('registration_draft', 'a draft', { ...draft, staff_id: staff, agency_id: agency })(may),
      insert('audit_event', 'an event', eventRow(staff, agency))(may),
    ]),
    // Not even about herself: a function of the definer's does it.
    ...world.cases.slice(0, 1).map((of) => insert('surname_match', 'her own family name', bearer(who, of))(false)),
    insert('idempotency', 'a replay key', { ...replay, actor_id: who.id })(true),
    insert('idempotency', 'a replay key of another', { ...replay, actor_id: somebody })(false),
    insert('audit_event', 'an event of nobody', eventRow('null', 'null'))(false),
    insert('audit_event_case', 'a case of an event', {
      case_id: FRESH,
      event_id: FRESH,
      recorded_at: 'now()',
      is_deed: 'false',
    })(true),
  ];
}

export function eventRow(actor: string, agency: string, action = `'case.open'`): Row {
  const base = { id: FRESH, recorded_at: 'now()', occurred_at: 'now()', epoch: '1', outcome: `'done'`, event: BYTES };
  return { ...base, actor_id: actor, agency_id: agency, action };
}

export { insert };
