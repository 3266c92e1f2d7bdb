import type * as z from 'zod';
import type { Work } from '../db/work.ts';
import type { Action } from '../policy/actions.ts';
import type { Kind } from '../policy/facts.ts';

export type Bilingual = { vi: string; en: string };

/** What an operation is about, and which path parameter names it. */
export type SubjectOf = { kind: Kind; param: string } | { kind: 'office' } | { kind: 'log' };

/** Everything a use case may know of its request. */
export type Call<Params, Query, Body> = {
  work: Work;
  params: Params;
  query: Query;
  body: Body;
  /** From `If-Match`; present exactly where the endpoint asks for it. */
  version: number;
  /** What `prepare` found before the transaction began. */
  prepared: unknown;
  /** Identity of the object and relations of the actor to it, as the decision saw them. */
  facts: SubjectFacts;
};

export type SubjectFacts = {
  caseId: string | null;
  ownerAgencyId: string | null;
  state: string | null;
  isSender: boolean;
};

/**
 * `session` sets or clears the cookie; `version` becomes the ETag; `resourceId` is what a create made; `fileName` makes the
 * answer a file to be kept: it stays in the folder of downloads, so it names nothing.
 */
export type Answer<T> = {
  body: T;
  version?: number;
  resourceId?: string;
  session?: { token: Buffer } | 'ended';
  fileName?: string;
};

type Schema = z.ZodType;

/** A route is data: the whole of one operation, read by the server, the policy check and `/openapi.json`. */
export type Endpoint = {
  method: 'get' | 'post' | 'patch' | 'put' | 'delete';
  /** Express pattern: `/api/cases/:caseId`; `*rest` takes the segments that are left. */
  path: string;
  action: Action;
  summary: Bilingual;
  subject: SubjectOf;
  /** Which rights of the database the work runs with. */
  pool?: 'app' | 'auditor';
  params?: Schema;
  query?: Schema;
  body?: Schema;
  /** A body that works when tried in the order of the main job. */
  example?: unknown;
  answer: Schema;
  /** Media type of an answer that is no JSON: then `answer` is a string, sent as UTF-8, or bytes, sent as they are. */
  media?: string;
  status: 200 | 201 | 204;
  needsVersion?: boolean;
  /**
   * Who must be there: a `staff` member with an open session (the rule), anybody (`public`), or whoever
   * presents a `bearer` without being bound to it (unlocking, ending).
   */
  access?: 'staff' | 'public' | 'bearer';
  /** Slow work without the database, done before the transaction begins (hashing a password). */
  prepare?: (input: { body: never; bearer: Buffer | null; address: string }) => Promise<unknown>;
  /** A create: repeated with the same `Idempotency-Key`, it answers with what it made, read again under today's rights. */
  replay?: (call: Call<never, never, never>, resourceId: string) => Promise<Answer<unknown>>;
  run: (call: Call<never, never, never>) => Promise<Answer<unknown>>;
};

type Out<S> = S extends Schema ? z.output<S> : Record<string, never>;

type Definition<
  P extends Schema | undefined,
  Q extends Schema | undefined,
  B extends Schema | undefined,
  A extends Schema,
> = Omit<Endpoint, 'params' | 'query' | 'body' | 'answer' | 'run' | 'replay'> & {
  params?: P;
  query?: Q;
  body?: B;
  answer: A;
  replay?: (call: Call<Out<P>, Out<Q>, Out<B>>, resourceId: string) => Promise<Answer<z.input<A>>>;
  run: (call: Call<Out<P>, Out<Q>, Out<B>>) => Promise<Answer<z.input<A>>>;
};

/** Gives a definition its types: what `run` receives is what the contract lets through. */
export function endpoint<
  A extends Schema,
  P extends Schema | undefined = undefined,
  Q extends Schema | undefined = undefined,
  B extends Schema | undefined = undefined,
>(definition: Definition<P, Q, B, A>): Endpoint {
  return definition as unknown as Endpoint;
}
