import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  consistencyProof,
  EMPTY_ROOT,
  inclusionProof,
  leafHash,
  nodeHash,
  rootOfHashes,
  rootOfSize,
  type TreeHead,
} from '../../../server/audit/tlog/merkle.ts';
import { verifyConsistency, verifyInclusion } from '../../../server/audit/tlog/verify-merkle.ts';
import { oracleRoot, readerOf, someLeaves, withByteChanged } from './tree.ts';
import { hashes, hex, outcomeOf, vector, vectorsOf } from './vectors.ts';

/* Inputs and roots as certificate-transparency publishes them for RFC 6962. */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const published = LEAVES.map((leaf) => Buffer.from(leaf, 'hex'));

describe('the root of a tree', () => {
  it.each(ROOTS.entries().toArray())('of %i leaves is the published one', async (size, root) => {
    const leaves = published.slice(0, size);
    expect(rootOfHashes(leaves.map(leafHash)).toString('hex')).toBe(root);
    expect((await rootOfSize(size, readerOf(published))).toString('hex')).toBe(root);
  });

  it('agrees with the definition of RFC 6962 for every size up to 300', async () => {
    const leaves = someLeaves(300);
    for (let size = 0; size <= 300; size += 1) {
      const root = oracleRoot(leaves.slice(0, size));
      expect(rootOfHashes(leaves.slice(0, size).map(leafHash))).toEqual(root);
      expect(await rootOfSize(size, readerOf(leaves))).toEqual(root);
    }
  });

  it('of no leaves is the hash of nothing', () => {
    expect(rootOfHashes([])).toEqual(EMPTY_ROOT);
    expect(EMPTY_ROOT.toString('hex')).toBe(ROOTS[0]);
  });

  it('is not made of hashes that are too short or too long', () => {
    const whole = leafHash(Buffer.of(1));
    for (const wrong of [Buffer.alloc(0), whole.subarray(1), Buffer.concat([whole, whole])]) {
      expect(outcomeOf(() => nodeHash(whole, wrong))).toBe('HASH_LENGTH');
      expect(outcomeOf(() => nodeHash(wrong, whole))).toBe('HASH_LENGTH');
      expect(outcomeOf(() => rootOfHashes([wrong]))).toBe('HASH_LENGTH');
    }
  });

  it('is asked for sizes near 2^53 without losing a bit', async () => {
    const asked: [number, number][] = [];
    const size = 2 ** 52 + 2 ** 33 + 1;
    await rootOfSize(size, (level, index) => {
      asked.push([level, index]);
      return EMPTY_ROOT;
    });
    expect(asked).toEqual([
      [52, 0],
      [33, 2 ** 19],
      [0, 2 ** 52 + 2 ** 33],
    ]);
  });
});

const places = fc.tuple(fc.integer({ min: 1, max: 150 }), fc.nat()).map(([size, n]) => ({ size, index: n % size }));
const growths = fc.tuple(fc.integer({ min: 0, max: 150 }), fc.nat()).map(([size, n]) => ({
  size,
  oldSize: n % (size + 1),
}));
const leaves = someLeaves(150);
const headOf = (size: number): TreeHead => ({ size, root: oracleRoot(leaves.slice(0, size)) });
const leafAt = (index: number): Buffer => leafHash(leaves[index] ?? Buffer.alloc(0));

describe('an inclusion proof', () => {
  const caseOf = vector.extend({ index: z.number(), size: z.number(), leaf: hex, root: hex, path: hashes });

  it.each(vectorsOf('inclusion', caseOf))('%s', async (...[, { index, size, leaf, root, path, expect: outcome }]) => {
    expect(outcomeOf(() => verifyInclusion({ index, leaf }, path, { size, root }))).toBe(outcome);
    if (outcome === 'ok') expect(await inclusionProof({ index, size }, readerOf(published))).toEqual(path);
  });

  it('is accepted for every leaf of every tree up to 40 leaves', async () => {
    for (let size = 1; size <= 40; size += 1)
      for (let index = 0; index < size; index += 1) {
        const path = await inclusionProof({ index, size }, readerOf(leaves));
        verifyInclusion({ index, leaf: leafAt(index) }, path, headOf(size));
      }
  });

  it('is refused when any byte of it, of the leaf or of the root is changed', async () => {
    await fc.assert(
      fc.asyncProperty(places, fc.nat(31), fc.integer({ min: 1, max: 255 }), async ({ size, index }, at, by) => {
        const path = await inclusionProof({ index, size }, readerOf(leaves));
        const head = headOf(size);
        const leaf = leafAt(index);
        const changed = { leaf: withByteChanged(leaf, at, by), root: withByteChanged(head.root, at, by) };
        expect(outcomeOf(() => verifyInclusion({ index, leaf: changed.leaf }, path, head))).toBe('PROOF_MISMATCH');
        expect(outcomeOf(() => verifyInclusion({ index, leaf }, path, { size, root: changed.root }))).toBe(
          'PROOF_MISMATCH',
        );
        for (let step = 0; step < path.length; step += 1) {
          const bent = path.with(step, withByteChanged(path[step] ?? leaf, at, by));
          expect(outcomeOf(() => verifyInclusion({ index, leaf }, bent, head))).toBe('PROOF_MISMATCH');
        }
      }),
    );
  });

  it('is refused when it is too short or too long, or for any other place', async () => {
    await fc.assert(
      fc.asyncProperty(places, async ({ size, index }) => {
        const path = await inclusionProof({ index, size }, readerOf(leaves));
        const head = headOf(size);
        const leaf = leafAt(index);
        for (let step = 0; step < path.length; step += 1)
          expect(outcomeOf(() => verifyInclusion({ index, leaf }, path.toSpliced(step, 1), head))).toBe('PROOF_LENGTH');
        for (let step = 0; step <= path.length; step += 1)
          expect(outcomeOf(() => verifyInclusion({ index, leaf }, path.toSpliced(step, 0, leaf), head))).toBe(
            'PROOF_LENGTH',
          );
        for (let other = 0; other < size; other += 1)
          if (other !== index)
            expect(outcomeOf(() => verifyInclusion({ index: other, leaf }, path, head))).not.toBe('ok');
      }),
      { numRuns: 40 },
    );
  });
});

describe('a consistency proof', () => {
  const caseOf = vector.extend({ oldSize: z.number(), oldRoot: hex, size: z.number(), root: hex, path: hashes });

  it.each(vectorsOf('consistency', caseOf))('%s', async (...[, tree]) => {
    const old = { size: tree.oldSize, root: tree.oldRoot };
    expect(outcomeOf(() => verifyConsistency(old, tree.path, tree))).toBe(tree.expect);
    if (tree.expect === 'ok') expect(await consistencyProof(tree, readerOf(published))).toEqual(tree.path);
  });

  it('is accepted between any two of the first 41 trees', async () => {
    for (let size = 0; size <= 40; size += 1)
      for (let oldSize = 0; oldSize <= size; oldSize += 1) {
        const path = await consistencyProof({ oldSize, size }, readerOf(leaves));
        verifyConsistency(headOf(oldSize), path, headOf(size));
      }
  });

  it('is refused when any byte of it or of a root is changed', async () => {
    await fc.assert(
      fc.asyncProperty(growths, fc.nat(31), fc.integer({ min: 1, max: 255 }), async ({ size, oldSize }, at, by) => {
        const path = await consistencyProof({ oldSize, size }, readerOf(leaves));
        const [old, head] = [headOf(oldSize), headOf(size)];
        const bentOld = { size: oldSize, root: withByteChanged(old.root, at, by) };
        const bentHead = { size, root: withByteChanged(head.root, at, by) };
        expect(outcomeOf(() => verifyConsistency(bentOld, path, head))).toBe('PROOF_MISMATCH');
        // From the empty tree everything grows: there only the old root is bound.
        if (oldSize > 0 || size === 0)
          expect(outcomeOf(() => verifyConsistency(old, path, bentHead))).toBe('PROOF_MISMATCH');
        for (let step = 0; step < path.length; step += 1) {
          const bent = path.with(step, withByteChanged(path[step] ?? old.root, at, by));
          expect(outcomeOf(() => verifyConsistency(old, bent, head))).toBe('PROOF_MISMATCH');
        }
      }),
    );
  });

  it('is refused when it is too short or too long', async () => {
    await fc.assert(
      fc.asyncProperty(growths, async ({ size, oldSize }) => {
        const path = await consistencyProof({ oldSize, size }, readerOf(leaves));
        const [old, head] = [headOf(oldSize), headOf(size)];
        for (let step = 0; step < path.length; step += 1)
          expect(outcomeOf(() => verifyConsistency(old, path.toSpliced(step, 1), head))).toBe('PROOF_LENGTH');
        for (let step = 0; step <= path.length; step += 1)
          expect(outcomeOf(() => verifyConsistency(old, path.toSpliced(step, 0, old.root), head))).toBe('PROOF_LENGTH');
      }),
    );
  });

  it('is not made for a tree that shrinks, nor a path for a leaf that is not there', () => {
    const read = readerOf(leaves);
    expect(outcomeOf(() => consistencyProof({ oldSize: 5, size: 4 }, read))).toBe('INDEX_RANGE');
    expect(outcomeOf(() => inclusionProof({ index: 4, size: 4 }, read))).toBe('INDEX_RANGE');
    for (const wrong of [-1, 0.5, Number.NaN, 2 ** 53, Infinity])
      expect(outcomeOf(() => inclusionProof({ index: 0, size: wrong }, read))).toBe('NUMBER_FORMAT');
  });
});
