import type { KeyObject } from 'node:crypto';
import type { DataKeyBundle, GrantColumns } from './data-keys.ts';
import type { GrantRow } from './grants.store.ts';
import { sealBroken } from './seal-error.ts';
import type { OpenSubject, Subject } from './subjects.ts';

/** Data keys by `compartment version`. */
export type OpenedKeys = ReadonlyMap<string, KeyObject>;

const opened = new WeakMap<OpenSubject, OpenedKeys>();

export function openSubject({ kind, id, caseId, ownerAgencyId }: Subject, keys: OpenedKeys): OpenSubject {
  const subject: OpenSubject = {
    kind,
    id,
    caseId,
    ownerAgencyId,
    keyFor(compartment, version) {
      const wanted = version ?? newestVersion(keys, compartment);
      const key = keys.get(`${compartment} ${wanted}`);
      if (key === undefined) throw sealBroken();
      return { key, version: wanted };
    },
  };
  opened.set(subject, keys);
  return subject;
}

/** All data keys of an opened subject, to be sealed to somebody else; the caller's to wipe. */
export function bundleOf(subject: OpenSubject): DataKeyBundle {
  return [...(opened.get(subject) ?? [])].map(([name, key]) => {
    const [compartment = '', version] = name.split(' ');
    return { compartment, version: Number(version), key: key.export() };
  });
}

function newestVersion(keys: OpenedKeys, compartment: string): number {
  const versions = [...keys.keys()]
    .filter((name) => name.startsWith(`${compartment} `))
    .map((name) => Number(name.slice(compartment.length + 1)));
  return Math.max(0, ...versions);
}

/** The columns that a grant's seal binds. */
export function columnsOf(grant: Omit<GrantRow, 'bundle' | 'endsAt'>): GrantColumns {
  return {
    ...grant,
    grantId: grant.id,
    holderKind: grant.holderKind as GrantColumns['holderKind'],
    beginsAtMs: new Date(grant.beginsAt).getTime(),
    latestEndMs: grant.latestEnd === null ? null : new Date(grant.latestEnd).getTime(),
  };
}
