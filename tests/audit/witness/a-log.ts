import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { formatCheckpoint } from '../../../server/audit/tlog/checkpoint.ts';
import { consistencyProof, leafHash, rootOfHashes } from '../../../server/audit/tlog/merkle.ts';
import { formatNote, signNote } from '../../../server/audit/tlog/note.ts';
import { ed25519BytesOf, formatVkey, SIGNATURE_TYPE } from '../../../server/audit/tlog/vkey.ts';
import { formatAddCheckpoint } from '../../../server/audit/tlog/witness-request.ts';

/** A log with its key. `face` makes another history after the first `common` leaves, under the same key: a fork. */
export type ALog = {
  origin: string;
  vkey: string;
  privateKey: KeyObject;
  rootAt(size: number): Buffer;
  noteAt(size: number, root?: Buffer): string;
  proofFrom(oldSize: number, size: number): Promise<Buffer[]>;
  /** The whole body of `add-checkpoint`. */
  requestFor(oldSize: number, size: number): Promise<string>;
  face(name: string, common: number): ALog;
};

export function aLog(origin: string): ALog {
  const { privateKey } = generateKeyPairSync('ed25519');
  return faceOf({ origin, privateKey }, (index) => `leaf ${index}`);
}

function faceOf({ origin, privateKey }: Pick<ALog, 'origin' | 'privateKey'>, leafAt: (index: number) => string): ALog {
  const hashes = (from: number, to: number): Buffer[] =>
    Array.from({ length: to - from }, (_, at) => leafHash(Buffer.from(leafAt(from + at))));
  const read = (level: number, index: number): Buffer =>
    rootOfHashes(hashes(index * 2 ** level, (index + 1) * 2 ** level));
  const rootAt = (size: number): Buffer => rootOfHashes(hashes(0, size));
  const noteAt = (size: number, root = rootAt(size)): string => {
    const text = formatCheckpoint({ origin, size, root, extensions: [] });
    return formatNote({ text, signatures: [signNote(text, { name: origin, privateKey })] });
  };
  const proofFrom = (oldSize: number, size: number): Promise<Buffer[]> => consistencyProof({ oldSize, size }, read);
  return {
    origin,
    privateKey,
    vkey: formatVkey({ name: origin, type: SIGNATURE_TYPE.ed25519, publicKey: ed25519BytesOf(privateKey) }),
    rootAt,
    noteAt,
    proofFrom,
    requestFor: async (oldSize, size) =>
      formatAddCheckpoint({ oldSize, proof: await proofFrom(oldSize, size), checkpoint: noteAt(size) }),
    face: (name, common) =>
      faceOf({ origin, privateKey }, (index) => (index < common ? leafAt(index) : `${name} ${index}`)),
  };
}
