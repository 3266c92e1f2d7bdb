import type { KeyObject } from 'node:crypto';
import type { GrantColumns } from './data-keys.ts';
import type { GrantRow } from './grants.store.ts';
import { sealBroken } from './seal-error.ts';
import type { OpenSubject, Subject } from './subjects.ts';

/** Data keys by `compartment version`. */
export type OpenedKeys = ReadonlyMap<string, KeyObject>;

export function openSubject(subject: Subject, keys: OpenedKeys): OpenSubject {
  return {
    ...subject,
    keyFor(compartment, version) {
      const wanted = version ?? newestVersion(keys, compartment);
      const key = keys.get(`${compartment} ${wanted}`);
      if (key === undefined) throw sealBroken();
      return { key, version: wanted };
    },
  };
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
