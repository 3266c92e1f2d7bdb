import { once } from 'node:events';
import type { ClientBase, Connection, Submittable } from 'pg';

/*
 * COPY over the connections that we have: node-postgres hands the protocol's copy messages to whatever query is running,
 * and a query may be any object that submits itself. The format is PostgreSQL's own text format, one line for a row.
 */

const BATCH_BYTES = 256 * 1024;

type CopyConnection = Connection & {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(message: string): void;
};
type CopyQuery = Submittable & {
  handleError(error: Error): void;
  handleCommandComplete(message: { text: string }): void;
  handleReadyForQuery(): void;
  handleCopyInResponse(connection: CopyConnection): void;
  handleCopyData(message: { chunk: Buffer }, connection: CopyConnection): void;
};
type Ending = { resolve: (rows: number) => void; reject: (error: Error) => void };

/**
 * Runs `copy … to stdout` and gives its bytes to `take`, one batch after the other; answers the number of rows.
 * The connection must not be a pipelining one. After a failure of `take` the connection is of no more use.
 */
export function copyOut(
  client: ClientBase,
  statement: string,
  take: (bytes: Buffer) => Promise<void>,
): Promise<number> {
  return new Promise((resolve, reject) => void client.query(copyOutQuery(statement, take, { resolve, reject })));
}

function copyOutQuery(
  statement: string,
  take: (bytes: Buffer) => Promise<void>,
  { resolve, reject }: Ending,
): CopyQuery {
  let pending: Buffer[] = [];
  let size = 0;
  let rows = 0;
  let taken = Promise.resolve();
  const flush = (): void => {
    const batch = Buffer.concat(pending);
    pending = [];
    size = 0;
    taken = taken.then(() => take(batch));
    taken.catch(reject);
  };
  return {
    ...refusing(statement, reject),
    handleCommandComplete: ({ text }) => void (rows = rowsOf(text)),
    handleReadyForQuery: () => {
      flush();
      taken.then(() => resolve(rows), reject);
    },
    handleCopyData({ chunk }, connection) {
      // The parser uses its memory again: what is kept must be copied.
      pending.push(Buffer.from(chunk));
      size += chunk.length;
      if (size < BATCH_BYTES) return;
      connection.stream.pause();
      flush();
      const resume = (): void => void connection.stream.resume();
      taken.then(resume, resume);
    },
  };
}

/**
 * Runs `copy … from stdin` with the bytes of `source`; answers the number of rows that the server took.
 * @throws what `source` throws, or the server's refusal; the transaction is then lost
 */
export function copyIn(client: ClientBase, statement: string, source: AsyncIterable<Buffer>): Promise<number> {
  return new Promise((resolve, reject) => void client.query(copyInQuery(statement, source, { resolve, reject })));
}

function copyInQuery(statement: string, source: AsyncIterable<Buffer>, { resolve, reject }: Ending): CopyQuery {
  let rows = 0;
  let isOver = false;
  async function send(connection: CopyConnection): Promise<void> {
    for await (const chunk of source) {
      if (isOver) return;
      connection.sendCopyFromChunk(chunk);
      if (connection.stream.writableNeedDrain) await once(connection.stream, 'drain');
    }
    if (!isOver) connection.endCopyFrom();
  }
  return {
    ...refusing(statement, (error) => {
      isOver = true;
      reject(error);
    }),
    handleCommandComplete: ({ text }) => void (rows = rowsOf(text)),
    handleReadyForQuery: () => {
      isOver = true;
      resolve(rows);
    },
    handleCopyInResponse(connection) {
      send(connection).catch((error: unknown) => {
        reject(error instanceof Error ? error : new Error('copy'));
        if (!isOver) connection.sendCopyFail('the source failed');
      });
    },
  };
}

/** A query that only copies: anything else that the server sends is an error. */
function refusing(statement: string, reject: (error: Error) => void): CopyQuery {
  return {
    submit: (connection) => void connection.query(statement),
    handleError: reject,
    handleCommandComplete: () => {},
    handleReadyForQuery: () => {},
    handleCopyInResponse: (connection) => connection.sendCopyFail('nothing to send'),
    handleCopyData: () => {},
  };
}

function rowsOf(commandTag: string): number {
  return Number(/^COPY (\d+)$/.exec(commandTag)?.[1] ?? Number.NaN);
}
