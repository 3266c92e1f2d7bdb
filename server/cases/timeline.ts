import type { Directory } from '../directory/directory.ts';
import type { AccessEntry, TimelineEntry } from './cases.contract.ts';
import type { AccessRow } from './cases.store.ts';

type EventPart = {
  actor?: string | null;
  purpose?: string | null;
  compartments?: string[];
  objectKind?: string | null;
  objectId?: string | null;
};

/** Deeds on a case, newest first, in lanes: what we did, what partners answered. */
export function timelineOf(directory: Directory, rows: readonly AccessRow[], ownAgencyId: string): TimelineEntry[] {
  return rows.map((row) => {
    const event = partOf(row);
    return {
      at: new Date(row.occurredAt).toISOString(),
      // What the system does by itself is no partner's answer.
      lane: row.agencyId === null || row.agencyId === ownAgencyId ? ('us' as const) : ('partner' as const),
      action: row.action,
      actor: actorOf(directory, row),
      referralId: event.objectKind === 'referral' ? (event.objectId ?? null) : null,
    };
  });
}

/** Who has looked at a case and what they opened; refused tries included. */
export function accessEntries(directory: Directory, rows: readonly AccessRow[], ownAgencyId: string): AccessEntry[] {
  return rows.map((row) => {
    const event = partOf(row);
    return {
      id: row.id,
      at: new Date(row.occurredAt).toISOString(),
      actor: actorOf(directory, row),
      isSystem: event.actor?.startsWith('system:') === true,
      action: row.action,
      outcome: row.outcome,
      purpose: event.purpose ?? null,
      compartments: event.compartments ?? [],
      isOwnAgency: row.agencyId === ownAgencyId,
    };
  });
}

function partOf(row: AccessRow): EventPart {
  return JSON.parse(row.event.toString('utf8')) as EventPart;
}

function actorOf(directory: Directory, row: AccessRow): TimelineEntry['actor'] {
  if (row.agencyId === null) return null;
  return { displayName: row.displayName ?? '', agency: directory.agencyName(row.agencyId) };
}
