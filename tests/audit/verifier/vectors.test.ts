import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { LOG, readCheckpoint, readVkey, WITNESS } from '../../../server/audit/verifier/note.ts';
import { vector, vectorsOf } from '../tlog/vectors.ts';

// The verifier has a reading of its own; it must agree with numbers that neither it nor our log has made.

/** A checkpoint's text as part of a note that somebody signed. */
function readText(text: string) {
  return readCheckpoint(Buffer.from(`${text}\n— log.example AAAAAAA=\n`));
}

describe('checkpoints', () => {
  const shape = vector.extend({ text: z.string(), size: z.number().optional(), origin: z.string().optional() });
  it.each(vectorsOf('checkpoint', shape))('%s', (_, { expect: expected, text, size, origin }) => {
    const read = readText(text);
    if (expected === 'ok') expect(read).toMatchObject({ size, origin });
    else expect(read).toBeNull();
  });
});

describe('verifier keys', () => {
  const shape = vector.extend({ vkey: z.string(), type: z.number().optional() });
  it.each(vectorsOf('vkey', shape))('%s', (_, { expect: expected, vkey, type }) => {
    const read = (): unknown => readVkey(vkey, type === WITNESS ? WITNESS : LOG);
    if (expected === 'ok') expect(read()).toMatchObject({ type });
    else expect(read).toThrow('vkey');
  });
});
