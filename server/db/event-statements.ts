import type { ClientBase } from 'pg';
import { statementName } from './bound-kysely.ts';
import { isSendable } from './sendable.ts';

/** The statement that stores one audit event. Its name is given here: two texts under one name would not be sent. */
export type EventStatement = { text: string; values: readonly (string | boolean | Date | null | readonly string[])[] };

/**
 * The statements of a work's record, one for each note, before anything of it is sent.
 * @throws Error for anything else, a promise among it: the commit would not wait for what comes later
 */
export function requireRecord(given: readonly EventStatement[], notes: number): readonly EventStatement[] {
  const statements: unknown = given;
  if (!Array.isArray(statements)) {
    // Nobody waits for it any more; that it fails as well is no news.
    void Promise.resolve(statements).catch(() => {});
    throw new Error('the record of a deed must be there before its commit');
  }
  if (statements.length !== notes || !statements.every(isStatement))
    throw new Error('each note of a deed needs its statement');
  return given;
}

/** Hands all of them to the connection in this call; whatever is asked next goes out behind them. */
export function sendEvents(client: ClientBase, statements: readonly EventStatement[]): Promise<unknown> {
  return Promise.all(
    statements.map(({ text, values }) => {
      const name = statementName(text);
      return client.query({ ...(name === undefined ? {} : { name }), text, values: [...values] });
    }),
  );
}

function isStatement(statement: unknown): boolean {
  if (typeof statement !== 'object' || statement === null || !('text' in statement) || !('values' in statement))
    return false;
  const { text, values } = statement;
  return typeof text === 'string' && text !== '' && Array.isArray(values) && values.every(isSendable);
}
