import type * as z from 'zod';
import type { Directory } from '../directory/directory.ts';
import type { Answer, Call, OtherAnswer } from '../http/endpoint.ts';
import { invalid } from '../kernel/errors.ts';
import type { AuditQuery, auditList } from './audit.contract.ts';
import {
  archivedMonths,
  caseIdByCode,
  findEvents,
  staffInScope,
  type EventFilter,
  type EventRow,
} from './events.store.ts';
import type { EventV1 } from './event.rules.ts';
import { FHIR_JSON } from './fhir.contract.ts';
import { fhirBundleOf } from './fhir.rules.ts';
import { lineOf } from './lines.ts';
import { READING_ACTIONS } from './reads.rules.ts';
import { actionsOf, routineActions } from './vocabulary.ts';

export type AuditDeps = { directory: Directory };
type Found = Answer<z.output<typeof auditList>> | OtherAnswer;
type Searching = Call<unknown, AuditQuery, unknown>;

const PAGE = 50;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Searches the log: deeds, never content. The auditor's look is itself an event. */
export async function searchEvents(deps: AuditDeps, call: Searching): Promise<Found> {
  const { work, query } = call;
  const limit = query.limit ?? PAGE;
  const caseId = await caseIdOf(call);
  const filter = filterOf(query);
  const [rows, archived] = await Promise.all([
    findEvents(work, { ...filter, caseId, limit: limit + 1 }),
    archivedMonths(work, filter),
  ]);
  const page = rows.slice(0, limit);
  work.record({
    count: page.length,
    caseIds: caseId === null || caseId === NOBODY ? [] : [caseId],
    fields: Object.keys(query).toSorted(),
  });
  const last = page.at(-1);
  const nextCursor = rows.length > limit && last ? cursorAt(last) : null;
  if (wantsFhir(call)) return fhirAnswer(query, page, { nextCursor, archived });
  const items = page.map((row) => lineOf(deps.directory, row));
  return { body: { items, nextCursor, archivedMonths: archived } };
}

/** What the address says goes before what the program accepts. */
function wantsFhir({ query, media }: Searching): boolean {
  return query.format === undefined ? media === FHIR_JSON : query.format === 'fhir';
}

type Rest = { nextCursor: string | null; archived: readonly string[] };

function fhirAnswer(query: AuditQuery, page: readonly EventRow[], { nextCursor, archived }: Rest): OtherAnswer {
  const address = (changes: Partial<AuditQuery>): string => {
    const asked = Object.entries({ ...query, format: 'fhir', ...changes });
    return `/api/audit/events?${new URLSearchParams(asked.map(([name, value]) => [name, String(value)]))}`;
  };
  const links = { self: address({}), next: nextCursor === null ? null : address({ cursor: nextCursor }) };
  return { media: FHIR_JSON, body: fhirBundleOf(page.map(eventOf), { ...links, archived }) };
}

function eventOf(row: EventRow): EventV1 {
  return JSON.parse(row.event.toString('utf8')) as EventV1;
}

export async function listAuditedStaff(
  deps: AuditDeps,
  call: Call<unknown, unknown, unknown>,
): Promise<Answer<{ items: { id: string; displayName: string; agency: ReturnType<Directory['agencyName']> }[] }>> {
  const rows = await staffInScope(call.work);
  call.work.record({ count: rows.length });
  return {
    body: {
      items: rows.map(({ id, displayName, agencyId }) => ({
        id,
        displayName,
        agency: deps.directory.agencyName(agencyId),
      })),
    },
  };
}

/** A case by id or by its code; one that is not in scope finds nothing, like one that does not exist. */
async function caseIdOf({ work, query }: Searching): Promise<string | null> {
  if (query.case === undefined || query.case === '') return null;
  const typed = query.case.trim().toLowerCase();
  if (UUID.test(typed)) return typed;
  const letters = typed.toUpperCase().replaceAll(/[\s-]/g, '');
  return (await caseIdByCode(work, `${letters.slice(0, 4)}-${letters.slice(4)}`)) ?? NOBODY;
}

function filterOf(query: AuditQuery): Omit<EventFilter, 'caseId' | 'limit'> {
  const at = (text: string | undefined): Date | null => (text === undefined ? null : new Date(text));
  return {
    actor: query.actor ?? null,
    actions: actionsFor(query),
    agency: query.agency ?? null,
    outcome: query.outcome ?? null,
    from: at(query.from),
    to: at(query.to),
    weekday: query.weekday ?? null,
    hour: query.hour ?? null,
    before: query.cursor === undefined ? null : placeOf(query.cursor),
  };
}

/** What goes by the clock would drown everything else: it is shown to whoever asks for it, or for its class. */
function actionsFor({ action, class: wanted, reads }: AuditQuery): EventFilter['actions'] {
  const asked: (readonly string[])[] = [
    ...(action === undefined ? [] : [[action]]),
    ...(wanted === undefined ? [] : [actionsOf(wanted)]),
    ...(reads === undefined ? [] : [READING_ACTIONS]),
  ];
  const [first, ...others] = asked;
  if (first === undefined) return { without: routineActions() };
  return { only: first.filter((name) => others.every((names) => names.includes(name))) };
}

function cursorAt(row: EventRow): string {
  return Buffer.from(`${row.recordedAt.toISOString()} ${row.id}`).toString('base64url');
}

function placeOf(cursor: string): { recordedAt: Date; id: string } {
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  const recordedAt = new Date(at);
  if (Number.isNaN(recordedAt.getTime()) || !UUID.test(id)) throw invalid({ path: 'cursor', code: 'INVALID' });
  return { recordedAt, id };
}
