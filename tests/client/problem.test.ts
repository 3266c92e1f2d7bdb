import { describe, expect, test } from 'vitest';
import { problemFrom } from '../../client/app/api/problem.ts';
import { adviceFor, mayTryAgain } from '../../client/ui/problem-words.ts';

describe('a refusal of the server', () => {
  test('is read with its code, its words and its fields', () => {
    const body = {
      code: 'INVALID',
      title: 'Chưa hợp lệ',
      instance: 'urn:uuid:0a',
      errors: [{ path: 'person.name', code: 'REQUIRED', message: 'Thiếu' }, 7],
    };
    const problem = problemFrom(422, body, '30');
    expect(problem).toMatchObject({
      code: 'INVALID',
      status: 422,
      title: 'Chưa hợp lệ',
      retryAfterSeconds: 30,
      requestId: '0a',
    });
    expect(problem.errors).toEqual([{ field: 'person.name', message: 'Thiếu' }]);
  });

  test.each([undefined, null, 'gateway', 3, [], { code: 5, errors: 'x' }])(
    'is understood without a proper body',
    (body) => {
      expect(problemFrom(502, body, 'soon')).toMatchObject({ code: 'HTTP_502', title: '', errors: [] });
    },
  );

  test('gives the same advice for what does not exist and for what may not be seen', () => {
    expect(adviceFor({ status: 403, code: 'NOT_ALLOWED' })).toBe(adviceFor({ status: 404, code: 'NOT_FOUND' }));
    expect(mayTryAgain(404)).toBe(false);
    expect(mayTryAgain(0)).toBe(true);
  });
});
