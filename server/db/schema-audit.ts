import type { ColumnType } from 'kysely';

type At = ColumnType<Date, Date | string, Date | string>;

export type AuditEventTable = {
  id: string;
  recordedAt: At;
  occurredAt: At;
  epoch: number;
  actorId: string | null;
  agencyId: string | null;
  ownerAgencyId: string | null;
  action: string;
  outcome: 'done' | 'refused' | 'failed';
  objectKind: string | null;
  objectId: string | null;
  event: Buffer;
};
