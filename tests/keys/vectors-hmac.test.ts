import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';

import { hmacSha256 } from '../../server/keys/primitives.ts';

/* Numbers from elsewhere: RFC 4231, "Identifiers and Test Vectors for HMAC-SHA-224, …", §4.2 to §4.8, column SHA-256. */

const hex = (text: string) => Buffer.from(text, 'hex');
const ascii = (text: string) => Buffer.from(text, 'ascii');

const VECTORS = [
  ['1', Buffer.alloc(20, 0x0b), ascii('Hi There'), 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
  [
    '2, a key shorter than the output',
    ascii('Jefe'),
    ascii('what do ya want for nothing?'),
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
  [
    '3, more than a block of key and data',
    Buffer.alloc(20, 0xaa),
    Buffer.alloc(50, 0xdd),
    '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
  ],
  [
    '4',
    hex('0102030405060708090a0b0c0d0e0f10111213141516171819'),
    Buffer.alloc(50, 0xcd),
    '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
  ],
  [
    '6, a key larger than a block',
    Buffer.alloc(131, 0xaa),
    ascii('Test Using Larger Than Block-Size Key - Hash Key First'),
    '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  ],
  [
    '7, key and data larger than a block',
    Buffer.alloc(131, 0xaa),
    ascii(
      'This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.',
    ),
    '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
  ],
] as const;

describe('HMAC-SHA256 as RFC 4231 says', () => {
  it.each(VECTORS)('test case %s', (...[, key, data, digest]) => {
    expect(hmacSha256(createSecretKey(key), data).toString('hex')).toBe(digest);
  });
});
