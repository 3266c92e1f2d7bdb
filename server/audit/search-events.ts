import type { Directory } from '../directory/directory.ts';
import type { Answer, Call } from '../http/endpoint.ts';
import { invalid } from '../kernel/errors.ts';
import type { AuditLine, AuditQuery } from './audit.contract.ts';
import { caseIdByCode, findEvents, staffInScope, type EventFilter, type EventRow } from './events.store.ts';
import { lineOf } from './lines.ts';
import { READING_ACTIONS } from './reads.rules.ts';

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
    actions: actionsOf(query),
    agency: query.agency ?? null,
    outcome: query.outcome ?? null,
    from: at(query.from),
    to: at(query.to),
    weekday: query.weekday ?? null,
    hour: query.hour ?? null,
    before: query.cursor === undefined ? null : placeOf(query.cursor),
  };
}

/** A named action wins over the wish for any reading. */
function actionsOf({ action, reads }: AuditQuery): readonly string[] | null {
  if (action !== undefined) return [action];
  return reads === undefined ? null : READING_ACTIONS;
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
