import { at, BYTES, DAY, type Row, type Table } from './row-values.ts';
import type { Finding, World } from './world.ts';

/** When every event here was written down. */
export const RECORDED_AT = at(0);
/** The time that a stray row of the log gives to an event of another time. */
const ASTRAY_AT = at(-DAY);
/** The event whose leaf says another time: this leaf stands for nothing that there is. */
export const eventOfStrayLeaf = ({ cases }: World): string => cases.at(-1)?.id ?? '';
/** At most so many leaves has a world. */
const LEAVES = 1_000;

/** A case that is gone, and one that somebody asked to be erased. */
export function erasedTables({ agencies, cases, people, number }: World): Table[] {
  const [agency, file, person] = [agencies[0]?.id, cases[0]?.id, people[0]?.id];
  const gone = {
    case_id: agency,
    code: `erased ${number}`,
    owner_agency_id: agency,
    erased_at: at(0),
    certificate: '{}',
  };
  const asked = {
    case_id: file,
    owner_agency_id: agency,
    reason: 'x',
    asked_by: person,
    asked_at: at(0),
    expires_at: at(DAY),
  };
  return [
    ['erased_case', [gone]],
    ['erasure_request', [asked]],
  ];
}

/** One event of everybody, one about each case by nobody of its agency, and one of nobody at all; each has its leaf. In each world a leaf and the naming of a case are astray: they give an event another time than it has. */
export function logTables(world: World): Table[] {
  const { people, cases, agencies, findings } = world;
  const base = {
    recorded_at: RECORDED_AT,
    occurred_at: at(0),
    epoch: 1,
    action: 'case.open',
    outcome: 'done',
    event: BYTES,
    xid: '1',
  };
  const own = people.map(({ id, agencyId }) => ({
    ...base,
    id,
    actor_id: id,
    agency_id: agencyId,
    owner_agency_id: null,
  }));
  const about = cases.map(({ id, ownerId }) => ({
    ...base,
    id,
    actor_id: null,
    agency_id: null,
    owner_agency_id: ownerId,
  }));
  const shown = cases.map(({ id }) => ({ case_id: id, event_id: id, recorded_at: base.recorded_at, is_deed: false }));
  const stray = { case_id: agencies[0]?.id, event_id: cases[0]?.id, recorded_at: ASTRAY_AT, is_deed: false };
  const ofNobody = { ...base, id: agencies[0]?.id, actor_id: null, agency_id: null, owner_agency_id: null };
  const events: Row[] = [...own, ...about, ofNobody];
  return [
    ['audit_event', events],
    ['audit_event_case', [...shown, stray]],
    ...treeTables(events, world),
    ...findingTables(findings),
  ];
}

/** The signed log: hashes of the whole, apart for each world. */
function treeTables(events: readonly Row[], world: World): Table[] {
  const { number } = world;
  const leaves = events.map((event, nth) => ({
    leaf_index: number * LEAVES + nth,
    event_id: event['id'],
    recorded_at: event['id'] === eventOfStrayLeaf(world) ? ASTRAY_AT : event['recorded_at'],
    leaf_hash: BYTES,
  }));
  const size = (number + 1) * LEAVES;
  const note = { size, root: BYTES, note: 'n', signed_at: at(0) };
  return [
    ['audit_leaf', leaves],
    ['audit_tile', [{ level: 0, tile_index: number, width: 1, hashes: BYTES }]],
    ['audit_checkpoint', [note]],
    ['audit_cosignature', [{ size, witness: 'w', line: 'l', cosigned_at: at(0), received_at: at(0) }]],
  ];
}

/** Findings as they begin, what they rest on, and what was asked; their states come later, step by step. */
function findingTables(findings: readonly Finding[]): Table[] {
  return [
    ['finding', findings.map(findingRow)],
    [
      'finding_event',
      findings.map(({ id, actorId }) => ({ finding_id: id, event_id: actorId, recorded_at: RECORDED_AT })),
    ],
    ['explanation', findings.flatMap(explanationRows)],
  ];
}

function findingRow({ id, agencyId, auditorId, actorId }: Finding): Row {
  const parties = { agency_id: agencyId, auditor_id: auditorId, actor_id: actorId };
  return { id, ...parties, state: 'open', note_key_version: 1, sealed_note: BYTES, found_at: at(0) };
}

function explanationRows({ explanation, state, ...of }: Finding): Row[] {
  if (explanation === null) return [];
  const wasAnswered = state === 'answered';
  const answer = wasAnswered ? { version: 1, words: BYTES } : { version: null, words: null };
  return [
    {
      id: explanation.id,
      finding_id: of.id,
      agency_id: of.agencyId,
      asked_by: of.auditorId,
      staff_id: of.actorId,
      staff_agency_id: of.actorAgencyId,
      asked_at: at(0),
      due_at: at(DAY),
      answered_at: wasAnswered ? at(0) : null,
      asker_question_key_version: 1,
      asker_question: BYTES,
      staff_question_key_version: 1,
      staff_question: BYTES,
      asker_answer_key_version: answer.version,
      asker_answer: answer.words,
      staff_answer_key_version: answer.version,
      staff_answer: answer.words,
    },
  ];
}
