import * as z from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { FAULTS, PROBLEMS } from './problems.ts';
import type { Endpoint } from './endpoint.ts';
import type { ErrorCode } from '../kernel/errors.ts';

const texts = z.strictObject({ vi: z.string(), en: z.string() });

/** RFC 9457 problem as every operation answers it. */
export const problemSchema = z
  .strictObject({
    type: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(PROBLEMS) as [ErrorCode, ...ErrorCode[]]),
    title: z.string(),
    titles: texts,
    instance: z.string(),
    demonstration: z.literal(true).optional(),
    errors: z
      .array(
        z.strictObject({
          path: z.string(),
          code: z.enum(Object.keys(FAULTS) as [string, ...string[]]),
          message: z.string(),
          messages: texts,
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem' });

/** OpenAPI 3.1 of all endpoints, from the same zod contracts that are enforced. */
export function openApiDocument(endpoints: readonly Endpoint[]): ReturnType<typeof createDocument> {
  const paths: ZodOpenApiPathsObject = {};
  for (const endpoint of endpoints) {
    const path = endpoint.path.replaceAll(/[:*](\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method]: operationOf(endpoint) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Hiên',
      version: '0.1.0',
      description:
        'Hệ thống chuyển gửi vụ việc bảo mật. / Confidential case referral. Sign in with POST /api/session (cookie) or send a token of POST /api/token.',
      license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
    },
    security: [{ cookie: [] }, { bearer: [] }],
    components: {
      securitySchemes: {
        cookie: { type: 'apiKey', in: 'cookie', name: 'so' },
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      },
    },
    paths,
  });
}

function operationOf(endpoint: Endpoint): ZodOpenApiOperationObject {
  const { summary, params, query, status } = endpoint;
  const operation = {
    operationId: operationIdOf(endpoint),
    summary: `${summary.vi} / ${summary.en}`,
    description: `Action \`${endpoint.action}\`.`,
    tags: [endpoint.action.split('.')[0] ?? 'other'],
    ...(endpoint.access === 'public' ? { security: [] } : {}),
    requestParams: {
      ...(params === undefined ? {} : { path: params as z.ZodObject }),
      ...(query === undefined ? {} : { query: query as z.ZodObject }),
      header: headersOf(endpoint),
    },
    ...bodyOf(endpoint),
    responses: { [String(status)]: successOf(endpoint), ...problemsOf(endpoint) },
  };
  return operation as unknown as ZodOpenApiOperationObject;
}

function successOf({ status, answer, media }: Endpoint) {
  if (status === 204) return { description: 'Đã xong / Done' };
  // Bytes have no schema in OpenAPI 3.1: the media type says it all.
  const raw = answer instanceof z.ZodString ? { schema: answer } : {};
  const content = media === undefined ? { 'application/json': { schema: answer } } : { [media]: raw };
  return { description: 'Kết quả / Answer', content };
}

function operationIdOf({ method, path }: Endpoint): string {
  const words = path
    .replace('/api/', '')
    .split('/')
    .map((word) => word.replace(/^[:*](\w+)/, 'by-$1'));
  return [method, ...words].join('-');
}

function bodyOf({ body, example }: Endpoint) {
  if (body === undefined) return {};
  return { requestBody: { required: true, content: { 'application/json': { schema: body, example } } } };
}

function headersOf(endpoint: Endpoint): z.ZodObject {
  const version = z.string().meta({ description: 'ETag of what is being changed', example: '"1"' });
  const key = z
    .string()
    .min(8)
    .max(128)
    .optional()
    .meta({ description: 'One per intention; a repeat answers with what the first made' });
  const purpose = z
    .string()
    .optional()
    .meta({ description: 'Purpose of the access, where it differs from the usual one' });
  return z.object({
    ...(endpoint.needsVersion === true ? { 'If-Match': version } : {}),
    ...(endpoint.replay === undefined ? {} : { 'Idempotency-Key': key }),
    'Access-Purpose': purpose,
  });
}

/** The problems an operation can answer, grouped by status; each lists its codes. */
function problemsOf(endpoint: Endpoint): Record<string, unknown> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codesOf(endpoint))
    byStatus.set(PROBLEMS[code].status, [...(byStatus.get(PROBLEMS[code].status) ?? []), code]);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `${code}: ${PROBLEMS[code].vi} / ${PROBLEMS[code].en}`).join('\n'),
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  );
}

function codesOf(endpoint: Endpoint): ErrorCode[] {
  const has = (isSo: boolean, ...codes: ErrorCode[]): ErrorCode[] => (isSo ? codes : []);
  const isWrite = endpoint.method !== 'get';
  return [
    ...has(endpoint.access !== 'public', 'SIGN_IN_REQUIRED', 'SESSION_LOCKED'),
    ...has(endpoint.action === 'session.open' || endpoint.action === 'session.unlock', 'SIGN_IN_FAILED', 'SLOW_DOWN'),
    ...has(endpoint.body !== undefined || endpoint.query !== undefined, 'VALIDATION_FAILED'),
    ...has(endpoint.body !== undefined, 'MALFORMED_JSON', 'UNSUPPORTED_MEDIA_TYPE', 'BODY_TOO_LARGE'),
    ...has(isWrite, 'ORIGIN_REFUSED'),
    ...has(endpoint.access !== 'public', 'NOT_ALLOWED'),
    ...has(endpoint.params !== undefined, 'NOT_FOUND'),
    ...has(isWrite && endpoint.params !== undefined, 'STATE_CONFLICT'),
    ...has(endpoint.needsVersion === true, 'VERSION_REQUIRED', 'VERSION_STALE'),
    ...has(endpoint.replay !== undefined, 'IDEMPOTENCY_KEY_REUSED'),
    ...has(endpoint.action === 'audit.checkpoint' || endpoint.action === 'audit.proof', 'NOT_SEALED_YET'),
    ...has(endpoint.action === 'referral.dispatch', 'CONSENT_MISSING', 'CALL_REQUIRED'),
    ...has(true, 'SERVICE_UNAVAILABLE', 'INTERNAL'),
  ];
}
