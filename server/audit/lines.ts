import type { Directory } from '../directory/directory.ts';
import type { AuditLine } from './audit.contract.ts';
import { isSystem, SYSTEM, type EventV1 } from './event.rules.ts';
import type { EventRow } from './events.store.ts';
import { entryOf, isEventAction } from './vocabulary.ts';

/** An event as an auditor reads it. */
export function lineOf(directory: Directory, row: EventRow): AuditLine {
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
    job: isSystem(event.actor) ? event.actor.slice(SYSTEM.length) : null,
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
