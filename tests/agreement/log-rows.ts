import { at, BYTES, DAY, type Table } from './row-values.ts';
import type { Case, Person, World } from './world.ts';

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

/** One event of everybody, and one about each case by nobody of its agency. */
export function logTables(people: readonly Person[], cases: readonly Case[]): Table[] {
  const base = {
    recorded_at: at(0),
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
  const shown = cases.map(({ id }) => ({ case_id: id, event_id: id, recorded_at: base.recorded_at }));
  return [
    ['audit_event', [...own, ...about]],
    ['audit_event_case', shown],
  ];
}
