import { expect, it } from 'vitest';
import * as z from 'zod';
import { endpoint, type Endpoint } from '../../server/http/endpoint.ts';
import { aCaseWorker } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { canary } from '../support/canary.ts';

const word = canary('lọt ra ');
const answer = z.strictObject({ items: z.array(z.strictObject({ id: z.string() })) });

function leaking(path: string, body: unknown): Endpoint {
  return endpoint({
    method: 'get',
    path,
    action: 'directory.read',
    summary: { vi: 'Thử', en: 'Trial' },
    subject: { kind: 'office' },
    answer,
    status: 200,
    run: async ({ work }) => {
      work.record({});
      return { body: body as z.input<typeof answer> };
    },
  });
}

/** A read without its record: the work must not be committed, and nothing may come out. */
const unrecorded = endpoint({
  method: 'get',
  path: '/api/trial/unrecorded',
  action: 'directory.read',
  summary: { vi: 'Thử', en: 'Trial' },
  subject: { kind: 'office' },
  answer,
  status: 200,
  run: async () => ({ body: { items: [{ id: word }] } }),
});

const app = await startApp({
  endpoints: () => [
    leaking('/api/trial/sound', { items: [{ id: '1' }] }),
    leaking('/api/trial/extra', { items: [], secret: word }),
    leaking('/api/trial/nested', { items: [{ id: '1', fullName: word }] }),
    leaking('/api/trial/typed', { items: [{ id: { fullName: word } }] }),
    unrecorded,
  ],
});
const worker = await aCaseWorker(app);

it('an answer as it was declared goes out', async () => {
  expect((await worker.get('/api/trial/sound')).body).toEqual({ items: [{ id: '1' }] });
});

it.each(['extra', 'nested', 'typed', 'unrecorded'])(
  'an answer that nobody declared (%s) does not leave, nor does a hint of it',
  async (which) => {
    const { status, text } = await worker.get(`/api/trial/${which}`);
    expect(status).toBe(500);
    expect(text).not.toContain(word);
    expect(text).not.toMatch(/secret|fullName|zod|unrecognized/i);
    expect(app.logs()).not.toContain(word);
  },
);

it('every answer of the system is closed: no object in it takes what was not declared', () => {
  const open = (schema: z.ZodType, path: string): string[] => {
    const { def } = schema._zod as unknown as {
      def: {
        type: string;
        catchall?: z.ZodType;
        shape?: Record<string, z.ZodType>;
        element?: z.ZodType;
        innerType?: z.ZodType;
        options?: z.ZodType[];
      };
    };
    const here = def.type === 'object' && def.catchall?._zod.def.type !== 'never' ? [path] : [];
    const parts = Object.entries(def.shape ?? {}).flatMap(([key, part]) => open(part, `${path}.${key}`));
    const inner = [def.element, def.innerType, ...(def.options ?? [])].flatMap((part) =>
      part === undefined ? [] : open(part, `${path}[]`),
    );
    return [...here, ...parts, ...inner];
  };
  for (const { method, path, answer: declared } of app.context.endpoints)
    expect(open(declared as z.ZodType, `${method} ${path}`)).toEqual([]);
});

it('unknown keys are refused wherever something is taken in', () => {
  for (const { method, path, params, query, body } of app.context.endpoints)
    for (const schema of [params, query, body])
      if (schema !== undefined) {
        const result = (schema as z.ZodType).safeParse({ no_such_key_at_all: 1 });
        expect(JSON.stringify(result.error?.issues), `${method} ${path}`).toContain('no_such_key_at_all');
      }
});
