import { expect } from 'vitest';
import { openHead } from '../../../server/audit/log-key.ts';
import {
  consistencyProof,
  leafHash,
  nodeHash,
  rootOfHashes,
  type HashReader,
} from '../../../server/audit/tlog/merkle.ts';
import { verifyConsistency } from '../../../server/audit/tlog/verify-merkle.ts';
import type { TestDatabase } from '../../support/database.ts';
import { leavesOf, logKey } from './stage.ts';

type Stored = { size: number; root: Buffer; note: string };

/**
 * Holds the whole stored log against its events: each event once, leaves without a gap, each the hash of the event's bytes, each
 * checkpoint signed, true, and a continuation of the one before it. Answers with the number of leaves and checkpoints.
 */
export async function requireSoundLog(
  database: TestDatabase,
  origin?: string,
): Promise<{ leaves: number; checkpoints: number }> {
  const leaves = await leavesOf(database);
  const events = await database.ask<{ id: string; event: Buffer }>('select id, event from hien.audit_event');
  expect(leaves.map((leaf) => leaf.index)).toEqual(leaves.map((_, at) => at));
  expect(leaves.map((leaf) => leaf.id).toSorted()).toEqual(events.map((each) => each.id).toSorted());
  const bytes = new Map(events.map((each) => [each.id, each.event]));
  const hashes = leaves.map((leaf) => leafHash(bytes.get(leaf.id) ?? Buffer.alloc(0)));
  expect(leaves.map((leaf) => leaf.hash.toString('hex'))).toEqual(hashes.map((hash) => hash.toString('hex')));
  const checkpoints = await database.ask<Stored>(
    'select size::int, root, note from hien.audit_checkpoint order by size',
  );
  const [{ name } = { name: '' }] = await database.ask<{ name: string }>(
    'select audit_origin as name from hien.installation',
  );
  await requireChain(checkpoints, hashes, origin ?? name);
  expect(checkpoints.at(-1)?.size).toBe(leaves.length);
  return { leaves: leaves.length, checkpoints: checkpoints.length };
}

async function requireChain(checkpoints: readonly Stored[], hashes: readonly Buffer[], origin: string): Promise<void> {
  const subtrees = subtreesOf(hashes);
  let before: Stored | undefined;
  for (const checkpoint of checkpoints) {
    const head = openHead(logKey(), origin, checkpoint.note);
    expect(head).toMatchObject({ size: checkpoint.size, root: checkpoint.root });
    expect(head.root).toEqual(rootOfHashes(hashes.slice(0, head.size)));
    if (before !== undefined) {
      const proof = await consistencyProof({ oldSize: before.size, size: head.size }, subtrees);
      verifyConsistency(before, proof, head);
    }
    before = checkpoint;
  }
}

/** Hashes of subtrees out of all leaves, without tiles, each made once. */
export function subtreesOf(hashes: readonly Buffer[]): HashReader {
  const known = new Map<string, Buffer>();
  const read = (level: number, index: number): Buffer => {
    if (level === 0) return hashes[index] ?? Buffer.alloc(0);
    const key = `${level}/${index}`;
    const hash = known.get(key) ?? nodeHash(read(level - 1, 2 * index), read(level - 1, 2 * index + 1));
    known.set(key, hash);
    return hash;
  };
  return read;
}
