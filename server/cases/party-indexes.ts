import type { Insertable } from 'kysely';
import type { BlindIndexTable } from '../db/schema.ts';
import {
  conflictIndexes,
  doubtIndexes,
  searchIndexes,
  type IdentifyingFields,
  type Keys,
  type Subject,
} from '../keys/index.ts';
import type { Perpetrator, RecordingBasis, Survivor } from './cases.contract.ts';

type Parties = {
  survivor?: Survivor;
  survivorId?: string;
  perpetrators?: readonly Perpetrator[];
  representative?: RecordingBasis['representative'];
};
type Row = Insertable<BlindIndexTable>;

/** How parties can be found again without their words: survivors to look a case up, everybody to find a conflict of interest. */
export function blindIndexesOf(keys: Keys, subject: Subject, parties: Parties): Row[] {
  const rows: Row[] = [];
  const add = (
    record: { recordKind: string; recordId: string },
    purpose: Row['purpose'],
    values: readonly { field: string; value: Buffer }[],
  ): void => {
    rows.push(
      ...values.map((value) => ({
        caseId: subject.caseId,
        ownerAgencyId: subject.ownerAgencyId,
        ...record,
        purpose,
        ...value,
      })),
    );
  };
  if (parties.survivor !== undefined && parties.survivorId !== undefined) {
    const who = identifyingFields(parties.survivor);
    const record = { recordKind: 'survivor', recordId: parties.survivorId };
    add(record, 'search', searchIndexes(keys.indexKey, who));
    add(record, 'conflict', comparable(keys, who));
  }
  for (const perpetrator of parties.perpetrators ?? []) {
    const record = { recordKind: 'perpetrator', recordId: perpetrator.id ?? subject.caseId };
    add(record, 'conflict', comparable(keys, perpetrator));
  }
  if (parties.representative !== undefined) {
    const record = { recordKind: 'representative', recordId: subject.caseId };
    add(record, 'conflict', comparable(keys, parties.representative));
  }
  return rows;
}

/** What is compared with staff: numbers bar, a name with its birth year raises a doubt. */
function comparable(keys: Keys, who: IdentifyingFields): { field: string; value: Buffer }[] {
  return [...conflictIndexes(keys.indexKey, who), ...doubtIndexes(keys.indexKey, who)];
}

export function identifyingFields(survivor: Survivor): IdentifyingFields {
  const birthYear = survivor.bornOn === undefined ? undefined : Number(survivor.bornOn.slice(0, 4));
  return {
    fullName: survivor.fullName,
    birthYear,
    phone: survivor.contact.phone,
    identityNumber: survivor.identityNumber,
  };
}
