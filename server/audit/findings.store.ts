import type { Work } from '../db/work.ts';
import type { FindingState } from './finding-states.rules.ts';
import type { SealedText } from './sealed-words.ts';

export type FindingRow = {
  id: string;
  agencyId: string;
  actorId: string;
  actorName: string;
  actorAgencyId: string;
  auditorName: string;
  rule: string | null;
  state: FindingState;
  noteKeyVersion: number;
  sealedNote: Buffer;
  foundAt: Date;
  outcome: string | null;
  closedByName: string | null;
  closedAt: Date | null;
  /** Of the explanation asked for last, while nobody has answered it. */
  dueAt: Date | null;
};

const FINDINGS = `select f.*, p.display_name as actor_name, p.agency_id as actor_agency_id, a.display_name as auditor_name,
    c.display_name as closed_by_name,
    case when f.state = 'asked' then (select max(x.due_at) from hien.explanation x where x.finding_id = f.id and x.answered_at is null) end as due_at
  from hien.finding f join hien.staff p on p.id = f.actor_id join hien.staff a on a.id = f.auditor_id left join hien.staff c on c.id = f.closed_by`;
const MOST = 200;

/** Newest first, as far as they exist for the bound auditor. */
export async function findingRows(work: Work, states: readonly FindingState[]): Promise<FindingRow[]> {
  const text = `${FINDINGS} where f.state = any ($1) order by f.found_at desc, f.id desc limit ${MOST}`;
  return (await work.run<FindingRow>(text, [states])).rows;
}

export async function findingRow(work: Work, id: string): Promise<FindingRow | undefined> {
  return (await work.run<FindingRow>(`${FINDINGS} where f.id = $1`, [id])).rows[0];
}

export type NewFinding = { id: string; agencyId: string; actorId: string; rule: string | null; note: SealedText };

export async function insertFinding(work: Work, given: NewFinding): Promise<void> {
  const { id, agencyId, actorId, rule, note } = given;
  await work.run(
    `insert into hien.finding (id, agency_id, auditor_id, actor_id, rule, note_key_version, sealed_note, found_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, agencyId, work.staff.staffId, actorId, rule, note.keyVersion, note.sealed, work.now],
  );
}

/**
 * Points the finding to those of these events that the auditor may read and that the person did; answers how many. An id
 * tells when it was made, so that only its own moment of the log is looked at.
 */
export async function insertFindingEvents(work: Work, findingId: string, eventIds: readonly string[]): Promise<number> {
  const made = eventIds.map((id) => new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)));
  const { rows } = await work.run<{ eventId: string }>(
    `insert into hien.finding_event (finding_id, event_id, recorded_at)
     select f.id, e.id, e.recorded_at
       from hien.finding f, unnest($2::uuid[], $3::timestamptz[]) as given (id, made_at)
       join hien.audit_event e on e.id = given.id
        and e.recorded_at between given.made_at - interval '1 minute' and given.made_at + interval '1 minute'
      where f.id = $1 and e.actor_id = f.actor_id
     returning event_id`,
    [findingId, eventIds, made],
  );
  return rows.length;
}

/** Answers whether it was in another state before. @throws a refusal of the database (HN001) where the states do not allow it */
export async function moveFinding(work: Work, id: string, to: FindingState): Promise<boolean> {
  return (await work.run('update hien.finding set state = $2 where id = $1 and state <> $2', [id, to])).count > 0;
}

/** @throws a refusal of the database (HN001) where it is closed already */
export async function closeRow(work: Work, id: string, outcome: string): Promise<void> {
  const text = `update hien.finding set state = 'closed', outcome = $2, closed_by = $3, closed_at = $4 where id = $1`;
  await work.run(text, [id, outcome, work.staff.staffId, work.now]);
}
