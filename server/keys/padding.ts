import { sealBroken } from './seal-error.ts';

/** Lengths of sealed things are seen by whoever sees the table; they tell no more than a multiple of this. */
export const BUCKET_BYTES = 256;
const LENGTH_BYTES = 4;

/** `length u32 BE | content | zeros` up to the next multiple of 256 bytes. */
export function padToBucket(content: Buffer): Buffer {
  const padded = Buffer.alloc(paddedLength(content.length));
  padded.writeUInt32BE(content.length, 0);
  content.copy(padded, LENGTH_BYTES);
  return padded;
}

/** The content again, as a view on `padded`. Throws SealError unless there is exactly one way to have padded it so. */
export function withoutPadding(padded: Buffer): Buffer {
  if (padded.length < LENGTH_BYTES) throw sealBroken();
  const length = padded.readUInt32BE(0);
  if (padded.length !== paddedLength(length)) throw sealBroken();
  if (padded.subarray(LENGTH_BYTES + length).some((byte) => byte !== 0)) throw sealBroken();
  return padded.subarray(LENGTH_BYTES, LENGTH_BYTES + length);
}

function paddedLength(contentLength: number): number {
  return Math.ceil((LENGTH_BYTES + contentLength) / BUCKET_BYTES) * BUCKET_BYTES;
}
