import type { Directory } from '../directory/directory.ts';
import type { Answer, Call } from '../http/endpoint.ts';
import { invalid } from '../kernel/errors.ts';
import type { AuditLine, AuditQuery } from './audit.contract.ts';
import type { EventV1 } from './event.rules.ts';
import { caseIdByCode, findEvents, staffInScope, type EventFilter, type EventRow } from './events.store.ts';
import { actionsOf, entryOf, isEventAction, routineActions } from './vocabulary.ts';

export type AuditDeps = { directory: Directory };
type Found = Answer<{ items: AuditLine[]; nextCursor: string | null }>;

const PAGE = 50;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Searches the log: deeds, never content. The auditor's look is itself an event. */
export async function searchEvents(deps: AuditDeps, call: Call<unknown, AuditQuery, unknown>): Promise<Found> {
  const { work, query } = call;
  const limit = query.limit ?? PAGE;
  const caseId = await caseIdOf(call);
  const rows = await findEvents(work, { ...filterOf(query), caseId, limit: limit + 1 });
  const page = rows.slice(0, limit);
  work.record({
    count: page.length,
    caseIds: caseId === null || caseId === NOBODY ? [] : [caseId],
    fields: Object.keys(query).toSorted(),
  });
  const last = page.at(-1);
  return {
    body: {
      items: page.map((row) => lineOf(deps.directory, row)),
      nextCursor: rows.length > limit && last ? cursorAt(last) : null,
    },
  };
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
async function caseIdOf({ work, query }: Call<unknown, AuditQuery, unknown>): Promise<string | null> {
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
    before: query.cursor === undefined ? null : placeOf(query.cursor),
  };
}

/** What goes by the clock would drown everything else: it is shown to whoever asks for it, or for its class. */
function actionsFor({ action, class: wanted }: AuditQuery): EventFilter['actions'] {
  if (action === undefined && wanted === undefined) return { without: routineActions() };
  const ofClass = wanted === undefined ? undefined : actionsOf(wanted);
  return {
    only:
      action === undefined
        ? (ofClass ?? [])
        : [action].filter((name) => ofClass?.some((each) => each === name) ?? true),
  };
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

function lineOf(directory: Directory, row: EventRow): AuditLine {
  const event = JSON.parse(row.event.toString('utf8')) as EventV1;
  return {
    id: row.id,
    recordedAt: row.recordedAt.toISOString(),
    occurredAt: row.occurredAt.toISOString(),
    isDemonstration: event.demonstration === true,
    actor:
      row.actorId === null
        ? null
        : { id: row.actorId, displayName: row.displayName ?? '', agency: directory.agencyName(row.agencyId ?? '') },
    job: event.actor?.startsWith('system:') === true ? event.actor.slice('system:'.length) : null,
    roles: [...event.roles],
    action: row.action,
    class: isEventAction(row.action) ? entryOf(row.action).class : 'system',
    outcome: row.outcome,
    objectKind: row.objectKind,
    objectId: row.objectId,
    caseCode: row.caseCode,
    ownerAgency: row.ownerAgencyId === null ? null : directory.agencyName(row.ownerAgencyId),
    ...detailsOf(event),
  };
}

function detailsOf(
  event: EventV1,
): Pick<AuditLine, 'compartments' | 'fields' | 'purpose' | 'policies' | 'count' | 'requestId'> {
  const { compartments, fields, purpose, policies, count, request } = event;
  return {
    compartments: [...compartments],
    fields: [...fields],
    purpose,
    policies: [...policies],
    count,
    requestId: request,
  };
}
