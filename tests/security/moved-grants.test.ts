import { afterAll, expect, it } from 'vitest';
import type { Person } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import type { Reply } from '../support/http.ts';
import { aTamperer, byteColumns, literal } from '../support/tampering.ts';
import { tellStory } from '../support/told-story.ts';

const app = await startApp();
const story = await tellStory(app);
const tamperer = await aTamperer(app, ['access_grant', 'data_key']);
afterAll(() => tamperer.close());

type Row = Record<string, unknown> & { id: string };
const rowsOf = (table: string): Promise<Row[]> => app.database.ask<Row>(`select * from hien.${table} order by 1`);
const allGrants = await rowsOf('access_grant');
/** Those of people; the guardian's and the statistics' are tried in moved-apart.test.ts. */
const grants = allGrants.filter((grant) => ['agency', 'staff'].includes(String(grant['holder_kind'])));

/** Who opens what a grant is for: somebody of the holder who works under it. */
function openerOf(grant: Row): Person {
  const subjectId = grant['subject_id'];
  const found = story.cases.find((each) => each.id === subjectId);
  if (found !== undefined) return found.owner;
  const referral = story.referrals.find((each) => each.id === subjectId);
  if (referral === undefined) throw new Error('a grant of nobody');
  if (grant['holder_id'] === referral.sender.agencyId) return referral.sender;
  return referral.reader ?? referral.desk;
}

function openGranted(grant: Row): Promise<Reply<unknown>> {
  const kind = grant['subject_kind'] === 'case' ? 'cases' : 'referrals';
  return openerOf(grant).get(`/api/${kind}/${String(grant['subject_id'])}`);
}

/** A referral without its envelope is one of which nothing was opened. */
function codeOf({ status, body, problem }: Reply<unknown>): string {
  if (status !== 200) return problem.code;
  return (body as { envelope?: unknown }).envelope === null ? 'NOTHING' : 'OPENED';
}

async function outcome(sql: string, open: () => Promise<Reply<unknown>>): Promise<string> {
  await tamperer.change(sql);
  const code = codeOf(await open());
  await tamperer.undo();
  return code;
}

const REFUSED = 'SEAL_BROKEN';
/** Also where the edited row is no longer there for who opens. */
const NOT_OPENED = [REFUSED, 'NOT_FOUND', 'NOTHING'];
/** Grants that somebody opens: not those of desks that have not accepted. */
const used = grants.filter((grant) => {
  const referral = story.referrals.find((each) => each.id === grant['subject_id']);
  return referral?.reader !== null || referral.sender.agencyId === grant['holder_id'];
});

it('each column of bytes in the schema is known: sealed and tried in a test of moved rows, or nothing that opens', async () => {
  const sealed = [
    'access_grant.bundle',
    'break_glass.sealed_note',
    'break_glass.sealed_reason',
    'explanation.asker_answer',
    'explanation.asker_question',
    'explanation.staff_answer',
    'explanation.staff_question',
    'finding.sealed_note',
    'principal_key.public_key',
    'principal_key.vouch',
    'principal_key.wrapped_list_key',
    'principal_key.wrapped_private_key',
    'referral.recipient_notice',
    'referral.sender_notice',
    'registration_draft.sealed',
    'sealed_document.sealed',
  ];
  const proofs = ['sealed_document.current_proof', 'sealed_document.current_proof_hash', 'consent.standing_proof'];
  /** Of the log; what is changed there, tests/audit/tampering.test.ts and the verifier find. */
  const hashes = ['audit_checkpoint.root', 'audit_leaf.leaf_hash', 'audit_tile.hashes'];
  const macs = [
    'blind_index.value',
    'staff_identifier.value',
    'data_key.commitment',
    'idempotency.request_mac',
    'audit_event.event',
  ];
  const identity = [
    'binding_secret.decoy',
    'binding_secret.inner_pad',
    'binding_secret.outer_pad',
    'session_token.token_hash',
    'staff_credential.salt',
    'staff_credential.verifier',
    'staff_session.public_hash',
  ];
  const columns = await byteColumns(app);
  const known = [...sealed, ...proofs, ...hashes, ...macs, ...identity];
  for (const column of columns) expect(known).toContain(column);
  for (const column of sealed) expect(columns).toContain(column);
});

it('untouched, every grant opens', async () => {
  expect(used.length).toBeGreaterThan(10);
  for (const grant of used) expect(codeOf(await openGranted(grant))).toBe('OPENED');
});

/** Four grants of people, and what the guardian and the statistics hold of the same subject. */
function foreignTo(to: Row): Row[] {
  const apart = allGrants.filter((each) => !grants.includes(each) && each['subject_id'] === to['subject_id']);
  return [...grants.filter((each) => each !== to).slice(0, 4), ...apart];
}

it('the bundle of any other grant is refused, alone and with the version of its key', async () => {
  for (const to of used)
    for (const from of foreignTo(to)) {
      const sql = `update hien.access_grant set bundle = ${literal(from['bundle'])} where id = '${to.id}'`;
      expect(await outcome(sql, () => openGranted(to)), sql.slice(0, 60)).toBe(REFUSED);
    }
});

it('a grant of which one column was edited is refused, though it was opened a moment ago', async () => {
  const other = grants.find((each) => each['holder_id'] === story.people.stranger.agencyId);
  const later = `timestamptz '2099-01-01'`;
  for (const subjectKind of ['case', 'referral']) {
    const grant = used.findLast(
      (each) => each['subject_kind'] === subjectKind && each['holder_id'] !== other?.['holder_id'],
    );
    const set = async (change: string): Promise<string> => {
      expect(codeOf(await openGranted(grant as Row))).toBe('OPENED');
      return outcome(`update hien.access_grant set ${change} where id = '${grant?.id}'`, () =>
        openGranted(grant as Row),
      );
    };
    for (const change of [
      `holder_kind = 'staff'`,
      `holder_kind = 'guardian'`,
      `holder_kind = 'statistics'`,
      'holder_key_version = 2',
      `subject_kind = '${subjectKind === 'case' ? 'referral' : 'case'}'`,
      `case_id = ${literal(other?.['case_id'])}`,
      `owner_agency_id = ${literal(other?.['owner_agency_id'])}`,
      `basis_kind = 'legal_hold'`,
      `basis_id = gen_random_uuid()`,
      `begins_at = begins_at - interval '1 millisecond'`,
      `latest_end = ${later}`,
      `ends_at = ${later}, latest_end = ${later}`,
      `bundle = set_byte(bundle, 40, get_byte(bundle, 40) # 1)`,
      `bundle = set_byte(bundle, 200, get_byte(bundle, 200) # 1)`,
      `bundle = substr(bundle, 1, 40)`,
    ])
      expect(NOT_OPENED, change).toContain(await set(change));
  }
});

it('an end can be brought forward and never put off', async () => {
  const grant = grants.find((each) => each['latest_end'] !== null && openable(each));
  const set = (change: string): Promise<string> =>
    outcome(`update hien.access_grant set ${change} where id = '${grant?.id}'`, () => openGranted(grant as Row));
  expect(await set(`ends_at = ends_at - interval '1 day'`)).toBe('OPENED');
  for (const change of [
    `ends_at = ends_at + interval '1 millisecond'`,
    'ends_at = null',
    'ends_at = null, latest_end = null',
    `ends_at = ends_at + interval '1 day', latest_end = latest_end + interval '1 day'`,
  ])
    expect(await set(change), change).toBe(REFUSED);
});

function openable(grant: Row): boolean {
  const referral = story.referrals.find((each) => each.id === grant['subject_id']);
  return referral?.reader?.agencyId === grant['holder_id'];
}

it('a grant moved to another case or referral is refused there, its commitments brought along or not', async () => {
  for (const grant of used) {
    const target = used.find(
      (each) =>
        openerOf(each) === openerOf(grant) &&
        each['subject_kind'] === grant['subject_kind'] &&
        each['subject_id'] !== grant['subject_id'],
    );
    if (target === undefined) continue;
    const into = String(target['subject_id']);
    const moved = `update hien.access_grant set subject_id = '${into}', case_id = ${literal(target['case_id'])} where id = '${grant.id}'`;
    const keys = `delete from hien.data_key where subject_id = '${into}';
      update hien.data_key set subject_id = '${into}' where subject_id = '${String(grant['subject_id'])}'`;
    for (const sql of [
      moved,
      `${moved}; ${keys}`,
      `${moved}; ${keys}; delete from hien.access_grant where id = '${target.id}'`,
    ])
      expect(NOT_OPENED, sql).toContain(await outcome(sql, () => openGranted(target)));
  }
});
