import type { PoolClient } from 'pg';
import { AppError } from '../kernel/errors.ts';
import { boundKysely, boundRun, type Queries, type Run } from './bound-kysely.ts';

/** Who acts: a person bound by the database, nobody yet (sign-in), or a job of the system's own. */
export type Actor =
  | {
      kind: 'staff';
      staffId: string;
      agencyId: string;
      roles: readonly string[];
      displayName: string;
      sessionId: string;
      sessionHash: Buffer;
      expiresAt: Date;
    }
  | { kind: 'anonymous' }
  | { kind: 'system'; job: string };

/** What a use case tells the log; the deed's action and object are filled in where it says nothing. */
export type Note = {
  action?: string;
  outcome?: 'done' | 'refused' | 'failed';
  objectKind?: string;
  objectId?: string;
  ownerAgencyId?: string | null;
  caseIds?: readonly string[];
  compartments?: readonly string[];
  fields?: readonly string[];
  policies?: readonly string[];
  reasonCode?: string;
  count?: number;
};

export type Deed = { action: string; objectKind?: string; objectId?: string };

/** A look-up that needs nothing but the bound person; what every run of a deed begins with travels with the binding. */
export type Question = { name: string; text: string; values: string[] };

export type WorkRequest = {
  /** The raw bearer of the session; null for nobody. */
  bearer: Buffer | null;
  /** Without a bearer: the job of the system that acts, such as `keys-rotate`. */
  job?: string;
  purpose: string;
  deed: Deed;
  requestId: string;
  /** Time of the event: now, or the simulated time of demonstration history. */
  occurredAtMs: number;
  isDemonstration: boolean;
  /** Asked together with the binding; `Work.ask` finds their answers. */
  questions?: readonly Question[];
};

/**
 * One transaction bound to one person. It cannot be committed without a record: no deed, and no
 * reading of a case, without its audit event.
 */
export class Work {
  readonly actor: Actor;
  readonly request: WorkRequest;
  readonly db: Queries;
  /** A fixed statement by its text: for rows that many requests read and write, where building it costs as much as running it. */
  readonly run: Run;
  /** Purpose of the access; the default is settled once the roles are known. */
  purpose: string;
  readonly notes: Note[] = [];
  policies: readonly string[] = [];
  isOpen = true;
  isCommitted = false;
  /** Why nothing may be done at all although the session is known: a locked one. It leaves its event like any refusal. */
  barrier: AppError | null = null;
  readonly #known = new Map<string, Promise<unknown>>();
  readonly #underway: Promise<unknown>[] = [];
  #firstFailure: unknown;

  constructor(client: PoolClient, actor: Actor, request: WorkRequest) {
    this.actor = actor;
    this.request = request;
    this.purpose = request.purpose;
    this.run = boundRun(client, () => this.isOpen, this.failed);
    this.db = boundKysely(this.run);
  }

  /** Milliseconds of the event's time. */
  get nowMs(): number {
    return this.request.occurredAtMs;
  }

  get now(): Date {
    return new Date(this.request.occurredAtMs);
  }

  /** The acting person; asking for one where there is none is a fault of the program. */
  get staff(): Extract<Actor, { kind: 'staff' }> {
    if (this.actor.kind !== 'staff') throw new AppError('SIGN_IN_REQUIRED');
    return this.actor;
  }

  record(note: Note): void {
    this.notes.push(note);
  }

  /** Statements whose success the commit needs. */
  get underway(): readonly Promise<unknown>[] {
    return this.#underway;
  }

  /** A statement that nobody waits for but the commit: what follows travels with it, and if it fails, nothing is kept. */
  later(statement: Promise<unknown>): void {
    statement.catch(() => {});
    this.#underway.push(statement);
  }

  /** Reads once what several steps of one work ask for; whoever changes it says so with `forget`. */
  once<T>(what: string, read: () => Promise<T>): Promise<T> {
    const known = this.#known.get(what) ?? read();
    this.#known.set(what, known);
    return known as Promise<T>;
  }

  /** The rows that answer a question, asked on the way in or now. */
  async ask<Row>(question: Question): Promise<Row[]> {
    return this.once(keyOf(question), async () => (await this.run<Row>(question.text, question.values)).rows);
  }

  /** A statement failed; the others only learn that the transaction is lost. */
  readonly failed = (error: unknown): void => void (this.#firstFailure ??= error);

  /** Why an error came about: where it only says that the transaction is lost (SQLSTATE 25P02), what lost it. */
  reasonFor(error: unknown): unknown {
    const isEcho = typeof error === 'object' && error !== null && 'code' in error && error.code === '25P02';
    return isEcho ? (this.#firstFailure ?? error) : error;
  }

  /** @throws what failed first: a statement that nobody waited for may never have been sent, and the commit behind it would hold */
  requireSound(): void {
    if (this.#firstFailure !== undefined) throw this.#firstFailure;
  }

  knows(what: string): boolean {
    return this.#known.has(what);
  }

  forget(...whats: readonly string[]): void {
    for (const what of whats) this.#known.delete(what);
  }
}

/** Under which a question's answer is known to a work. */
export function keyOf({ name, values }: Question): string {
  return [name, ...values].join(' ');
}
