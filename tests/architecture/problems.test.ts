import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FAULTS, problemOf, PROBLEMS } from '../../server/http/problems.ts';
import { AppError, type ErrorCode } from '../../server/kernel/errors.ts';

const source = readFileSync(new URL('../../server/kernel/errors.ts', import.meta.url), 'utf8');
const codesOf = (type: string): string[] =>
  [...(new RegExp(`export type ${type} =([^;]+);`).exec(source)?.[1] ?? '').matchAll(/'(\w+)'/g)].map(
    (found) => found[1] ?? '',
  );

it('every error code has a status and words in both languages, and no other has', () => {
  expect(Object.keys(PROBLEMS).toSorted()).toEqual(codesOf('ErrorCode').toSorted());
  for (const [code, { status, vi, en }] of Object.entries(PROBLEMS)) {
    expect(status, code).toBeGreaterThanOrEqual(400);
    expect(
      [vi, en].every((words) => /\p{L}.*[.)]$/u.test(words)),
      code,
    ).toBe(true);
  }
});

it('every fault of a field has words in both languages, and no other has', () => {
  expect(Object.keys(FAULTS).toSorted()).toEqual(codesOf('FieldFaultCode').toSorted());
  for (const [code, { vi, en }] of Object.entries(FAULTS))
    expect(
      [vi, en].every((words) => words.endsWith('.')),
      code,
    ).toBe(true);
});

it('Vietnamese is written composed, and is not English', () => {
  for (const { vi, en } of [...Object.values(PROBLEMS), ...Object.values(FAULTS)]) {
    expect(vi.normalize('NFC')).toBe(vi);
    expect(vi).toMatch(/[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]/i);
    expect(en).not.toMatch(/[^\u0020-\u007e’]/);
  }
});

it('what is no error of ours tells nothing of itself', () => {
  const problem = problemOf(new Error('relation "secret" does not exist'), { requestId: 'r', language: 'en' });
  expect(problem).toEqual(problemOf(new AppError('INTERNAL'), { requestId: 'r', language: 'en' }));
  expect(JSON.stringify(problem)).not.toContain('secret');
});

it('not allowed and not found say the same to whoever may not know', () => {
  const codes: ErrorCode[] = ['NOT_FOUND', 'NOT_ALLOWED'];
  for (const code of codes) expect(PROBLEMS[code].en).not.toMatch(/exist|case|referral|agency/i);
});
