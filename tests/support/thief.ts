import type { KeyObject } from 'node:crypto';
import { inject } from 'vitest';
import { wrappingContext, type PrincipalKeys, type WrappedPart } from '../../server/keys/custodian.ts';
import { openBundle, type DataKeyBundle, type GrantColumns } from '../../server/keys/data-keys.ts';
import { dataKeyObject } from '../../server/keys/data-keys.ts';
import { openDocuments, type DocumentRow } from '../../server/keys/index.ts';
import { privateKeyFromRaw } from '../../server/keys/hpke.ts';
import { openBytes } from '../../server/keys/primitives.ts';
import { ringKeys } from '../../server/keys/ring-keys.ts';
import { decodeRingSecrets } from '../../server/keys/ring-secrets.ts';
import { openDocument } from '../../server/keys/sealed-document.ts';
import { columnsOf } from '../../server/keys/subject-keys.ts';
import type { TestApp } from './app.ts';

/** All that one agency's keys are: what a thief carries off who has this agency's custodian, and nobody else's. */
export type Loot = { agencyId: string; privateKey: KeyObject; publicKey: Buffer; listKey: KeyObject };
type Row = Record<string, unknown>;
export type Dump = Record<string, Row[]>;

const TABLES = ['access_grant', 'sealed_document', 'referral', 'registration_draft', 'principal_key', 'data_key'];

/** Every row of every table, as a superuser's dump would have it; columns in camelCase. */
export async function dumpOf(app: TestApp): Promise<Dump> {
  const dump: Dump = {};
  for (const table of TABLES) dump[table] = (await app.database.ask<Row>(`table hien.${table}`)).map(camelCased);
  return dump;
}

export function lootOf(dump: Dump, agencyId: string): Loot {
  const principal = dump['principal_key']?.find((row) => row['principalId'] === agencyId) as unknown as PrincipalKeys;
  const key = privateKeyFromRaw(unwrapped('private-key', principal));
  return {
    agencyId,
    privateKey: key,
    publicKey: principal.publicKey,
    listKey: dataKeyObject(unwrapped('list-key', principal)),
  };
}

/** The test plays the custodian that was robbed: only it can take the wrapping off. */
function unwrapped(part: WrappedPart, principal: PrincipalKeys): Buffer {
  const wrapped = part === 'private-key' ? principal.wrappedPrivateKey : principal.wrappedListKey;
  const wrap = ringKeys(decodeRingSecrets(Buffer.from(inject('house').ringSecrets, 'base64')) ?? []).wrap;
  const key = wrap.get(wrapped.readUInt16BE(1));
  if (key === undefined) throw new Error('the custodian knows no such key');
  return openBytes(key, wrappingContext(part, principal), wrapped.subarray(3));
}

/** Bundles that open with the agency's private key, whichever grant's columns are claimed for them. */
export function bundlesOpened(dump: Dump, loot: Loot): { grantId: string; keys: DataKeyBundle }[] {
  const grants = dump['access_grant'] ?? [];
  const as = (row: Row): GrantColumns => columnsOf(row as never);
  const ours = grants.filter((row) => row['holderId'] === loot.agencyId).map(as);
  return grants.flatMap((row) => {
    const taken = { ...as(row), holderId: loot.agencyId, holderKind: 'agency' as const, holderKeyVersion: 1 };
    const claims = [as(row), taken, ...ours];
    const keys = claims
      .map((claim) => openedBundle(loot, claim, row['bundle'] as Buffer))
      .find((each) => each !== null);
    return keys ? [{ grantId: String(row['id']), keys }] : [];
  });
}

function openedBundle(loot: Loot, grant: GrantColumns, sealed: Buffer): DataKeyBundle | null {
  return attempt(() => openBundle({ holder: loot, grant, sealed }));
}

/** Names of all ciphertexts of the dump that open with any of these keys, each tried as what it claims to be. */
export function ciphertextsOpened(dump: Dump, keys: readonly KeyObject[]): string[] {
  const opens = (open: (key: KeyObject) => unknown): boolean => keys.some((key) => attempt(() => open(key)) !== null);
  const documents = (dump['sealed_document'] ?? []).filter((row) => opens((key) => openedDocument(key, row)));
  const lines = linesOf(dump).filter(({ context, sealed }) => opens((key) => openDocument(key, context, sealed)));
  const wrapped = (dump['principal_key'] ?? []).flatMap((row) =>
    (['private-key', 'list-key'] as const).filter((part) => opens((key) => openedWrap(key, part, row))),
  );
  return [...documents.map(documentName), ...lines.map(({ name }) => name), ...wrapped];
}

export function documentName(row: Row): string {
  return `${String(row['subjectKind'])} ${String(row['subjectId'])} ${String(row['compartment'])} ${String(row['id'])} r${String(row['revision'])}`;
}

function openedDocument(key: KeyObject, row: Row): unknown {
  const subject = { kind: 'case' as const, id: '', caseId: '', ownerAgencyId: '', keyFor: () => ({ key, version: 1 }) };
  // Earlier revisions too: what is not current any more is no less secret.
  return openDocuments(subject as never, [{ ...row, isCurrent: false } as unknown as DocumentRow]);
}

type Line = { name: string; context: Parameters<typeof openDocument>[1]; sealed: Buffer };

/** Notices and drafts, each once for every agency of the story that it could claim to be of. */
function linesOf(dump: Dump): Line[] {
  const rows = [...(dump['referral'] ?? []), ...(dump['registration_draft'] ?? [])];
  const named = rows.flatMap((row) => [row['senderAgencyId'], row['recipientAgencyId'], row['agencyId']]);
  const agencies = [...new Set(named.filter((id) => id !== undefined).map(String))];
  const notices = (dump['referral'] ?? []).flatMap((row) =>
    (['sender', 'recipient'] as const).map((side) => ({
      name: `notice ${side} ${String(row['id'])}`,
      table: 'referral',
      row: { ...row, revision: 1, of: row['caseId'], keyVersion: row[`${side}KeyVersion`] },
      sealed: row[`${side}Notice`] as Buffer | null,
    })),
  );
  const drafts = (dump['registration_draft'] ?? []).map((row) => ({
    name: `draft ${String(row['id'])}`,
    table: 'registration_draft',
    row: { ...row, revision: row['version'], of: row['staffId'] } as Row,
    sealed: row['sealed'] as Buffer | null,
  }));
  return [...notices, ...drafts].flatMap(
    ({ name, table, row, sealed }: { name: string; table: string; row: Row; sealed: Buffer | null }) =>
      sealed === null
        ? []
        : agencies.map((agency) => ({ name, sealed, context: { ...lineContext(row, agency), table } })),
  );
}

function lineContext(row: Row, agency: string): Line['context'] {
  return {
    table: '',
    rowId: String(row['id']),
    caseId: String(row['of']),
    compartment: `list/${agency}`,
    keyVersion: Number(row['keyVersion']),
    revision: Number(row['revision']),
  };
}

function openedWrap(key: KeyObject, part: WrappedPart, row: Row): unknown {
  const sealed = row[part === 'private-key' ? 'wrappedPrivateKey' : 'wrappedListKey'] as Buffer;
  return openBytes(key, wrappingContext(part, row as never), sealed.subarray(3));
}

function attempt<T>(open: () => T): T | null {
  try {
    return open();
  } catch {
    return null;
  }
}

function camelCased(row: Row): Row {
  const name = (column: string): string => column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [name(column), value]));
}
