import { commitmentRow, grantRow, memberRow, type Making } from './create-subject.ts';
import { generateDataKey, wipeBundle, type DataKeyBundle } from './data-keys.ts';
import { deleteGrantsById, insertDataKeys, insertGrants, insertMembers, ownGrantsOf } from './grants.store.ts';
import { guardianGrants } from './sealed-grant.ts';
import { bundleOf } from './subject-keys.ts';
import type { NewGrant, OpenSubject } from './subjects.ts';

export type Sharing = {
  grants: readonly NewGrant[];
  /** A newer version of each data key, for what is written from now on: whoever lost her grant has none of it. */
  isRenewed: boolean;
};

/**
 * Gives what the actor holds of a subject to other holders of the owning agency, and takes away the grants that its
 * side held until now; those of other agencies stay as they are. The new grants come first, so that whoever does this
 * keeps the case by one of them when the old ones go.
 */
export async function reshareSubject(by: Making, opened: OpenSubject, sharing: Sharing): Promise<void> {
  const { work } = by;
  const before = await ownGrantsOf(work, opened.id);
  const known = bundleOf(opened);
  const fresh = sharing.isRenewed ? newerThan(known) : [];
  const bundle = [...known, ...fresh];
  try {
    const grants = await Promise.all(sharing.grants.map((grant) => grantRow(by, { subject: opened, grant, bundle })));
    // The guardian has the keys that are not new already.
    const guarded = fresh.length === 0 ? [] : await guardianGrants(by, opened, bundle);
    await insertGrants(work, [...grants.map(({ row }) => row), ...guarded]);
    await insertMembers(
      work,
      grants.flatMap(({ row, grant }) => grant.members.map((member) => memberRow(row, grant, member))),
    );
    await insertDataKeys(
      work,
      fresh.map((entry) => commitmentRow(work, opened, entry)),
    );
    await deleteGrantsById(work, opened.id, before);
  } finally {
    wipeBundle(bundle);
  }
}

function newerThan(known: DataKeyBundle): DataKeyBundle {
  const newest = new Map<string, number>();
  for (const { compartment, version } of known)
    newest.set(compartment, Math.max(version, newest.get(compartment) ?? 0));
  return [...newest].map(([compartment, version]) => ({ compartment, version: version + 1, key: generateDataKey() }));
}
