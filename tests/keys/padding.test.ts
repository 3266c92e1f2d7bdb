import fc from 'fast-check';
import { expect, it } from 'vitest';

import { padToBucket, withoutPadding } from '../../server/keys/padding.ts';

const refusal = expect.objectContaining({ name: 'SealError', code: 'SEAL_BROKEN' });
const contents = fc.uint8Array({ maxLength: 1_100 }).map((array) => Buffer.from(array));

it('padding comes off again, whatever the content ends with', () => {
  fc.assert(
    fc.property(contents, (content) => {
      const padded = padToBucket(content);
      expect(padded.length % 256).toBe(0);
      expect(padded.length).toBeLessThan(content.length + 4 + 256);
      expect(withoutPadding(padded)).toEqual(content);
    }),
  );
  expect(padToBucket(Buffer.alloc(252)).length).toBe(256);
  expect(padToBucket(Buffer.alloc(253)).length).toBe(512);
});

it('there is one way to pad: another length, more zeros or a filled gap are refused', () => {
  const padded = padToBucket(Buffer.from('words'));
  const change = (offset: number, value: number) => {
    const changed = Buffer.from(padded);
    changed.writeUInt8(value, offset);
    return changed;
  };
  const wrong = [
    change(3, 4),
    change(2, 1),
    change(0, 255),
    change(255, 1),
    change(9, 0x80),
    Buffer.concat([padded, Buffer.alloc(256)]),
  ];
  for (const one of [...wrong, padded.subarray(0, 255), padded.subarray(0, 3), Buffer.alloc(0)]) {
    expect(() => withoutPadding(one)).toThrow(refusal);
  }
});
