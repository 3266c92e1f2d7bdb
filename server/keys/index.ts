import { createHmac, type KeyObject } from 'node:crypto';
import type { Pool } from 'pg';
import type { Custodian } from './custodian.ts';
import { openLineOf, sealLineFor, type LineContext } from './lines.ts';
import { openPrincipals, type Principals } from './principals.store.ts';
import { statisticsWith, type Statistics } from './statistics.ts';
import { openSubjects, type Subjects } from './subjects.ts';

export type { Custodian } from './custodian.ts';
export type { Principals } from './principals.store.ts';
export { openStatistics, statisticsDraft, type OpenedStatistics } from './statistics.ts';
export { regrantGuarded } from './regrant-guarded.ts';
export { NOTICE_REVISION, type LineContext } from './lines.ts';
export type { NewGrant, OpenSubject, Subject } from './subjects.ts';
export type { DocumentDraft, OpenedDocument } from './documents.ts';
export { currentDocuments, type DocumentRow } from './documents.store.ts';
export { destroyDocuments, openDocuments, writeDocuments } from './documents.ts';
export { deleteGrants, forgetGrants, insertMembers, grantsOf } from './grants.store.ts';
export { sealBroken } from './seal-error.ts';
export { newStandingProof, stillStands } from './standing-proof.ts';
export { searchIndexes, conflictIndexes, doubtIndexes, type IdentifyingFields } from './blind-index.ts';
export { AUDIT_LOG_KEY, derivedSigningKey } from './derived-signing-key.ts';
export { startRenewing } from './renewing.store.ts';

/** Compartments of a case file: each has its own data key. */
export const CASE_COMPARTMENTS = [
  'facts',
  'identity',
  'contact',
  'narrative',
  'clinical',
  'legal',
  'perpetrator',
] as const;
/** Compartments of a referral: what was sent, and what the partner answers. */
export const REFERRAL_COMPARTMENTS = ['envelope', 'feedback'] as const;

/** The room's door: who can turn a row into words. */
export type Keys = {
  subjects: Subjects;
  principals: Principals;
  statistics: Statistics;
  /** Seals one line of an agency's own work list (a notice, a draft) under its symmetric list key. */
  sealLine(agencyId: string, context: LineContext, content: unknown): Promise<{ keyVersion: number; sealed: Buffer }>;
  openLine(agencyId: string, context: LineContext & { keyVersion: number }, sealed: Buffer): Promise<unknown>;
  indexKey(label: string): KeyObject;
  /** Keyed fingerprint of a request body, so that a reused key with another body is told apart without keeping bodies. */
  fingerprint(text: string): Buffer;
  custodian: Custodian;
  close(): void;
};

export function openKeys(custodian: Custodian, pool: Pool): Keys {
  const principals = openPrincipals(pool, custodian);
  const subjects = openSubjects(custodian, principals);
  const derived = new Map<string, KeyObject>();
  const indexKey = (label: string): KeyObject => {
    const key = derived.get(label) ?? custodian.derivedKey(label);
    derived.set(label, key);
    return key;
  };
  return {
    subjects,
    principals,
    statistics: statisticsWith(principals),
    custodian,
    indexKey,
    async sealLine(agencyId, context, content) {
      const holder = await principals.current(agencyId);
      return { keyVersion: holder.version, sealed: await sealLineFor({ custodian, holder }, context, content) };
    },
    async openLine(agencyId, context, sealed) {
      const holder = await principals.version(agencyId, context.keyVersion);
      return openLineOf({ custodian, holder }, context, sealed);
    },
    fingerprint: (text) => createHmac('sha256', indexKey('idempotency')).update(text, 'utf8').digest(),
    close() {
      subjects.close();
      custodian.close();
    },
  };
}
