import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { EMPTY_ROOT, leafHash } from '../../../server/audit/tlog/merkle.ts';
import { ed25519Verifier } from '../../../server/audit/tlog/note.ts';
import { formatProof, parseProof, verifyProof } from '../../../server/audit/tlog/proof.ts';
import { parseVkey } from '../../../server/audit/tlog/vkey.ts';
import { formatAddCheckpoint, parseAddCheckpoint } from '../../../server/audit/tlog/witness-request.ts';
import { withByteChanged } from './tree.ts';
import { expectRefused, hashes, hex, outcomeOf, vector, vectorsOf } from './vectors.ts';

const proofCase = vector.extend({
  file: z.string(),
  leaf: hex,
  origin: z.string(),
  vkeys: z.array(z.string()),
  refusedBy: z.enum(['parse', 'verify']).nullable(),
  index: z.number().optional(),
  size: z.number().optional(),
  extra: hex.nullable().optional(),
});

function verified({ file, leaf, origin, vkeys }: z.output<typeof proofCase>, bytes: Uint8Array = Buffer.from(file)) {
  const log = { origin, verifiers: vkeys.map(parseVkey).map(ed25519Verifier) };
  return verifyProof(parseProof(bytes), leafHash(leaf), log);
}

describe('a proof that needs no network', () => {
  const proofs = vectorsOf('proof', proofCase);

  it.each(proofs)('%s', (...[, one]) => {
    const reading = outcomeOf(() => parseProof(Buffer.from(one.file)));
    expect(reading).toBe(one.refusedBy === 'parse' ? one.expect : 'ok');
    expect(outcomeOf(() => verified(one))).toBe(one.expect);
    if (one.expect !== 'ok') return;
    expect(verified(one).checkpoint).toMatchObject({ origin: one.origin, size: one.size });
    const proof = parseProof(Buffer.from(one.file));
    expect(proof).toMatchObject({ index: one.index, extra: one.extra });
    expect(formatProof(proof)).toBe(one.file);
  });

  it('is refused whichever byte is changed, unless it belongs to a signature that nobody here knows', () => {
    const [, happy] = proofs.find(([file]) => file === 'proof.happy.json') ?? [];
    if (happy === undefined) throw new Error('the happy proof');
    const bytes = Buffer.from(happy.file);
    const stranger = bytes.indexOf('— witness.example');
    for (let at = 0; at < stranger; at += 1)
      expectRefused(() => verified(happy, withByteChanged(bytes, at)), `byte ${at}`);
  });

  it('is refused unread when it is larger than any proof, and when it is no UTF-8', () => {
    expect(outcomeOf(() => parseProof(Buffer.alloc(1024 * 1024, 'a')))).toBe('PROOF_FORMAT');
    expect(outcomeOf(() => parseProof(Buffer.of(0xff, 10, 10)))).toBe('PROOF_FORMAT');
  });

  it('is not written with what could not be read', () => {
    const proof = { extra: null, index: 0, path: [], checkpoint: '' };
    expect(outcomeOf(() => formatProof({ ...proof, extra: Buffer.alloc(0) }))).toBe('PROOF_FORMAT');
    expect(outcomeOf(() => formatProof({ ...proof, index: -1 }))).toBe('NUMBER_FORMAT');
    expect(outcomeOf(() => formatProof({ ...proof, path: [Buffer.alloc(31)] }))).toBe('HASH_LENGTH');
    expect(outcomeOf(() => formatProof({ ...proof, path: new Array<Buffer>(64).fill(EMPTY_ROOT) }))).toBe(
      'PROOF_LENGTH',
    );
  });
});

describe('a request to a witness', () => {
  const caseOf = vector.extend({
    body: z.string(),
    oldSize: z.number().optional(),
    proof: hashes.optional(),
    checkpoint: z.string().optional(),
  });

  it.each(vectorsOf('request', caseOf))('%s', (...[, { body, expect: outcome, oldSize, proof, checkpoint }]) => {
    expect(outcomeOf(() => parseAddCheckpoint(Buffer.from(body)))).toBe(outcome);
    if (outcome !== 'ok') return;
    const request = parseAddCheckpoint(Buffer.from(body));
    expect(request).toEqual({ oldSize, proof, checkpoint });
    expect(formatAddCheckpoint(request)).toBe(body);
  });

  it('is refused unread when it is too large, and when it is no UTF-8', () => {
    expect(outcomeOf(() => parseAddCheckpoint(Buffer.alloc(1024 * 1024, 'a')))).toBe('REQUEST_FORMAT');
    expect(outcomeOf(() => parseAddCheckpoint(Buffer.of(0xff, 10, 10)))).toBe('REQUEST_FORMAT');
  });
});
