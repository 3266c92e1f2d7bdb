import type * as z from 'zod';
import { codeFaults } from '../directory/check-codes.ts';
import type { Directory } from '../directory/directory.ts';
import { vietnamDay, type Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Endpoint } from './endpoint.ts';
import { faultsOf } from './zod-faults.ts';

/** A request freed of its transport. */
export type Given = {
  bearer: Buffer | null;
  /** Network address of the caller, for slowing down guesses; never stored. */
  address: string;
  requestId: string;
  clock: Clock;
  isDemonstration: boolean;
  params: unknown;
  query: unknown;
  body: unknown;
  /** What is wrong with the request as it arrived: a body that nobody can read. It is refused like a body with faults. */
  fault?: AppError | null;
  /** `Access-Purpose`, or undefined for the default. */
  purpose: string | undefined;
  ifMatch: string | undefined;
  idempotencyKey: string | undefined;
};

export type Parsed = {
  params: Record<string, string>;
  query: unknown;
  body: unknown;
  version: number;
  fault: AppError | null;
  /** False when an id of the address is none: then there is no object to decide about. */
  isAddressed: boolean;
};

/** Holds a request against its endpoint's contract; what is wrong with it is kept for the decision, not thrown. */
export function parse(directory: Directory, endpoint: Endpoint, given: Given): Parsed {
  const nothing = { params: {}, query: {}, body: {}, version: 0, isAddressed: false };
  let parsed = nothing;
  try {
    const params = checked(endpoint.params, given.params, 'params') as Record<string, string>;
    parsed = { ...nothing, params, isAddressed: true };
    if (given.fault) throw given.fault;
    const read = contentOf(directory, endpoint, given);
    return { ...parsed, ...read, version: versionOf(endpoint, given.ifMatch), fault: null };
  } catch (error) {
    if (error instanceof AppError) return { ...parsed, fault: error };
    throw error;
  }
}

function contentOf(directory: Directory, endpoint: Endpoint, given: Given): Pick<Parsed, 'query' | 'body'> {
  const query = checked(endpoint.query, given.query, 'query');
  const body = checked(endpoint.body, given.body, 'body');
  const day = vietnamDay(given.clock.now());
  const faults = [
    { schema: endpoint.query, value: query },
    { schema: endpoint.body, value: body },
  ].flatMap(({ schema, value }) => (schema === undefined ? [] : codeFaults(directory, day, { schema, value })));
  if (faults.length > 0) throw new AppError('VALIDATION_FAILED', { faults });
  return { query, body };
}

function checked(schema: z.ZodType | undefined, value: unknown, part: 'params' | 'query' | 'body'): unknown {
  if (schema === undefined) return {};
  // The input is asked for only to tell a missing field from one of the wrong type; it goes no further.
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  // An id that is none cannot exist: the same answer as for one that does not.
  if (part === 'params') throw new AppError('NOT_FOUND');
  throw new AppError('VALIDATION_FAILED', { faults: faultsOf(result.error) });
}

function versionOf(endpoint: Endpoint, ifMatch: string | undefined): number {
  if (endpoint.needsVersion !== true) return 0;
  if (ifMatch === undefined) throw new AppError('VERSION_REQUIRED');
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(ifMatch)?.[1];
  if (version === undefined) throw new AppError('VERSION_STALE');
  return Number(version);
}
