import fc from 'fast-check';
import { expect, it } from 'vitest';
import { secretsFrom, sharesOf } from '../../server/keys/keyring-shares.ts';
import { generateRingSecrets } from '../../server/keys/ring-secrets.ts';
import { parseShare, shareText } from '../../server/keys/share-file.ts';

const secrets = generateRingSecrets();
const texts = sharesOf(secrets, '2026-11-23').map(shareText);
const [first = '', second = '', third = ''] = texts;
const read = (...given: string[]) => secretsFrom(given.map((text, n) => parseShare(text, `${n}`)));

it('any two of three texts give the master secrets back', () => {
  for (const [a, b] of [
    [first, second],
    [first, third],
    [third, second],
  ])
    expect(read(a ?? '', b ?? '')).toEqual(secrets);
  expect(read(first, second, third)).toEqual(secrets);
});

it('a share says in both languages what it is and how to restore', () => {
  for (const text of texts) {
    expect(text).toMatch(/PHẦN \d TRONG 3 PHẦN CỦA CHÙM KHÓA/);
    expect(text).toMatch(/SHARE \d OF 3 OF THE KEYRING/);
    expect(text).toContain('npm run keys:restore --');
    expect(text.normalize('NFC')).toBe(text);
  }
});

it('a share that was printed and typed again, with other line ends, indents and without the explanation, is read', () => {
  const typed = first
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) => `  ${line}\r`)
    .join('\n');
  expect(read(typed, second)).toEqual(secrets);
});

it('one share, or one twice, restores nothing and says so', () => {
  expect(() => read(first)).toThrow(/too few/);
  expect(() => read(second, second)).toThrow(/too few/);
});

it('shares of two backups are told apart', () => {
  const other = sharesOf(secrets, '2026-11-23').map(shareText);
  expect(() => read(first, other[1] ?? '')).toThrow(/not made together/);
});

it('each changed or lost character is noticed', () => {
  const begin = first.indexOf('format:');
  fc.assert(
    fc.property(
      fc.integer({ min: begin, max: first.length - 2 }),
      fc.constantFrom('0', '7', 'f', 'x', ''),
      (at, put) => {
        const changed = first.slice(0, at) + put + first.slice(at + 1);
        fc.pre(changed !== first && changed.replaceAll(/[ \n]/g, '') !== first.replaceAll(/[ \n]/g, ''));
        expect(() => parseShare(changed, 'a.txt')).toThrow(/\[a\.txt\]/);
      },
    ),
  );
});

it('a forged share with a fitting checksum yields no keyring', () => {
  const file = parseShare(first, 'a');
  const values = Buffer.from(file.share.values);
  values[20] = (values[20] ?? 0) ^ 1;
  expect(() => secretsFrom([{ ...file, share: { x: 1, values } }, parseShare(second, 'b')])).toThrow(/altered/);
  expect(() => secretsFrom([{ ...file, share: { x: 3, values: file.share.values } }, parseShare(second, 'b')])).toThrow(
    /altered/,
  );
});

it('another text is no share', () => {
  for (const text of ['', 'hello', '{"format":"hien-keyring-v1"}'])
    expect(() => parseShare(text, 'x')).toThrow(/no share/);
});
