import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { formatCheckpoint, parseCheckpoint } from '../../../server/audit/tlog/checkpoint.ts';
import { cosign, cosignatureKeyOf, cosignatureVerifier, cosignedAt } from '../../../server/audit/tlog/cosignature.ts';
import { EMPTY_ROOT } from '../../../server/audit/tlog/merkle.ts';
import { parseNote, verifyNote } from '../../../server/audit/tlog/note.ts';
import { quorumOf } from '../../../server/audit/tlog/quorum.ts';
import { parseVkey, type VerifierKey } from '../../../server/audit/tlog/vkey.ts';
import { withByteChanged } from './tree.ts';
import { hex, outcomeOf, vector, vectorsOf } from './vectors.ts';

const text = formatCheckpoint({ origin: 'log.example/hien', size: 7, root: EMPTY_ROOT, extensions: [] });

function aWitness(name: string) {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { key: cosignatureKeyOf(name, privateKey), cosign: (at: number) => cosign(text, { name, privateKey, at }) };
}

describe('a checkpoint', () => {
  const caseOf = vector.extend({
    text: z.string(),
    origin: z.string().optional(),
    size: z.number().optional(),
    root: hex.optional(),
    extensions: z.array(z.string()).optional(),
  });

  it.each(vectorsOf('checkpoint', caseOf))('%s', (...[, { text: written, expect: outcome, ...head }]) => {
    expect(outcomeOf(() => parseCheckpoint(written))).toBe(outcome);
    if (outcome !== 'ok') return;
    const { origin, size, root, extensions } = head;
    expect(parseCheckpoint(written)).toEqual({ origin, size, root, extensions });
    expect(formatCheckpoint(parseCheckpoint(written))).toBe(written);
  });

  it('is not written with a line that would be read as two, as none, or as another', () => {
    const head = { origin: 'log.example/hien', size: 0, root: EMPTY_ROOT, extensions: [] };
    for (const wrong of [
      { origin: '' },
      { origin: 'a\n9' },
      { origin: 'a\r' },
      { extensions: [''] },
      { extensions: ['a\n'] },
    ])
      expect(outcomeOf(() => formatCheckpoint({ ...head, ...wrong }))).toBe('CHECKPOINT_FORMAT');
    expect(outcomeOf(() => formatCheckpoint({ ...head, size: -1 }))).toBe('NUMBER_FORMAT');
    expect(outcomeOf(() => formatCheckpoint({ ...head, root: EMPTY_ROOT.subarray(1) }))).toBe('HASH_LENGTH');
  });
});

describe('a cosignature', () => {
  const caseOf = vector.extend({
    note: z.string(),
    vkeys: z.array(z.string()),
    cosigners: z.array(z.object({ name: z.string(), at: z.number() })).optional(),
  });

  it.each(vectorsOf('cosignature', caseOf))('%s', (...[, one]) => {
    const open = () => verifyNote(parseNote(Buffer.from(one.note)), one.vkeys.map(parseVkey).map(cosignatureVerifier));
    expect(outcomeOf(open)).toBe(one.expect);
    if (one.expect !== 'ok') return;
    expect(open().map((each) => ({ name: each.name, at: cosignedAt(each) }))).toEqual(one.cosigners);
  });

  it('is proved as it was made, and refused whichever of its bytes is changed', () => {
    const witness = aWitness('witness.example/mot');
    const signature = witness.cosign(1_900_000_000);
    const verifier = cosignatureVerifier(witness.key);
    expect(verifyNote({ text, signatures: [signature] }, [verifier])).toEqual([signature]);
    expect(cosignedAt(signature)).toBe(1_900_000_000);
    for (let at = 0; at < signature.bytes.length; at += 1)
      expect(verifier.isSignatureOf(text, withByteChanged(signature.bytes, at)), `byte ${at}`).toBe(false);
  });

  it('is given to checkpoints alone, and always with a time', () => {
    const by = { name: 'witness.example/mot', privateKey: generateKeyPairSync('ed25519').privateKey, at: 1 };
    expect(outcomeOf(() => cosign('nothing of a tree\n', by))).toBe('CHECKPOINT_FORMAT');
    for (const at of [0, -1, 1.5, 2 ** 53, Number.NaN])
      expect(outcomeOf(() => cosign(text, { ...by, at }))).toBe('TIMESTAMP_RANGE');
  });
});

describe('a quorum', () => {
  const witnesses = ['witness.example/mot', 'witness.example/hai', 'witness.example/ba'].map(aWitness);
  const keys = witnesses.map(({ key }) => key);
  const noteOf = (...times: (number | null)[]) => ({
    text,
    signatures: times.flatMap((at, index) => (at === null ? [] : (witnesses[index]?.cosign(at) ?? []))),
  });

  it('is as old as its second youngest cosignature when two are needed', () => {
    expect(quorumOf(noteOf(100, 300, 200), keys, 2)).toEqual({
      cosigners: [
        { name: 'witness.example/hai', at: 300 },
        { name: 'witness.example/ba', at: 200 },
        { name: 'witness.example/mot', at: 100 },
      ],
      since: 200,
    });
    expect(quorumOf(noteOf(100, null, 200), keys, 2).since).toBe(100);
    expect(quorumOf(noteOf(100, 300, 200), keys, 3).since).toBe(100);
  });

  it('is not there with too few witnesses', () => {
    expect(quorumOf(noteOf(100), keys, 2).since).toBeNull();
    expect(quorumOf(noteOf(), keys, 1)).toEqual({ cosigners: [], since: null });
    expect(() => quorumOf(noteOf(100), keys, 0)).toThrow(RangeError);
  });

  it('counts a witness that signed twice once, at its younger time', () => {
    const [first, second] = [noteOf(100).signatures, noteOf(400).signatures];
    expect(quorumOf({ text, signatures: [...first, ...second] }, keys, 2)).toEqual({
      cosigners: [{ name: 'witness.example/mot', at: 400 }],
      since: null,
    });
  });

  it('does not count strangers', () => {
    const stranger = aWitness('witness.example/la').cosign(100);
    const impostor = aWitness('witness.example/mot').cosign(100);
    const note = { text, signatures: [stranger, impostor, ...noteOf(null, 200).signatures] };
    expect(quorumOf(note, keys, 2)).toEqual({ cosigners: [{ name: 'witness.example/hai', at: 200 }], since: null });
  });

  it('refuses a note with a false line in the name of a witness', () => {
    const [line] = noteOf(100).signatures;
    if (line === undefined) throw new Error('a line');
    const forged = { ...line, bytes: withByteChanged(line.bytes, 70) };
    expect(outcomeOf(() => quorumOf({ text, signatures: [forged] }, keys, 1))).toBe('SIGNATURE_INVALID');
  });

  it('refuses a list in which one key or one name would count as two', () => {
    const [first, second] = keys;
    if (first === undefined || second === undefined) throw new Error('two keys');
    const lists: VerifierKey[][] = [
      [first, first],
      [first, { ...first, name: second.name }],
      [first, { ...second, name: first.name }],
    ];
    for (const list of lists) expect(outcomeOf(() => quorumOf(noteOf(1, 1), list, 2))).toBe('KEY_AMBIGUOUS');
  });
});
