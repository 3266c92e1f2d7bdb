import {
  CamelCasePlugin,
  DefaultQueryExecutor,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type KyselyPlugin,
  type QueryResult,
} from 'kysely';
import type { ClientBase } from 'pg';
import type { Database } from './schema.ts';
import { isSendable } from './sendable.ts';

export type Queries = Kysely<Database>;

const MAX_STATEMENTS = 400;
const statementNames = new Map<string, string>();

/** Same text, same name: the server parses and plans each statement once per connection. */
export function statementName(text: string): string | undefined {
  const known = statementNames.get(text);
  if (known !== undefined) return known;
  if (statementNames.size >= MAX_STATEMENTS) return undefined;
  const name = `s${statementNames.size}`;
  statementNames.set(text, name);
  return name;
}

/** Sends one statement and answers with its rows, their columns named in camelCase. */
export type Run = <Row>(text: string, values: readonly unknown[]) => Promise<{ rows: Row[]; count: number }>;

/**
 * Statements on one connection inside one transaction. `isOpen` is asked before each, so that a forgotten `await`
 * fails loudly instead of running after the commit. A statement is handed to the connection in the call that asks
 * for it: statements leave in the order they are asked. `onFailure` is told of each that fails, in this call of one
 * that cannot be sent.
 */
export function boundRun(client: ClientBase, isOpen: () => boolean, onFailure = (_error: unknown): void => {}): Run {
  return async <Row>(text: string, values: readonly unknown[]) => {
    if (!isOpen()) throw new Error('query after the end of its transaction');
    if (!values.every(isSendable)) throw refused(onFailure);
    const name = statementName(text);
    const statement = { ...(name === undefined ? {} : { name }), text, values: [...values], rowMode: 'array' as const };
    const result = await client.query<unknown[]>(statement).catch((error: unknown) => {
      onFailure(error);
      throw error;
    });
    return { rows: rowsOf<Row>(result), count: result.rowCount ?? 0 };
  };
}

function refused(onFailure: (error: unknown) => void): Error {
  const error = new Error('a statement takes no objects: make their text first');
  onFailure(error);
  return error;
}

/** A query builder over such statements. */
export function boundKysely(run: Run): Queries {
  const connection: DatabaseConnection = {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      const { rows, count } = await run<R>(query.sql, query.parameters);
      return { rows, numAffectedRows: BigInt(count) };
    },
    streamQuery: async function* () {
      throw new Error('streaming is not part of Work');
    },
  };
  const provider = { provideConnection: <T>(use: (given: DatabaseConnection) => Promise<T>) => use(connection) };
  const executor = new DefaultQueryExecutor(compiler, adapter, provider, [names]);
  return new Kysely<Database>({ config: { dialect }, dialect, driver, executor });
}

const adapter = new PostgresAdapter();
const compiler = new PostgresQueryCompiler();
const camelCase = new CamelCasePlugin({ maintainNestedObjectKeys: true });

/** Names go out in snake_case; they come back in camelCase already, put on by `rowsOf` while the rows are made. */
const names: KyselyPlugin = {
  transformQuery: (query) => camelCase.transformQuery(query),
  transformResult: async ({ result }) => result,
};

const driver: Driver = {
  init: async () => {},
  acquireConnection: refuse,
  beginTransaction: refuse,
  commitTransaction: refuse,
  rollbackTransaction: refuse,
  releaseConnection: async () => {},
  destroy: async () => {},
};

const dialect: Dialect = {
  createAdapter: () => adapter,
  createDriver: () => driver,
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => compiler,
};

async function refuse(): Promise<never> {
  throw new Error('Work owns the transaction');
}

function rowsOf<R>(result: { fields: readonly { name: string }[]; rows: readonly unknown[][] }): R[] {
  const columns = result.fields.map((field) => camelCased(field.name));
  return result.rows.map((values) => {
    const row: Record<string, unknown> = {};
    for (let index = 0; index < columns.length; index += 1) row[columns[index] ?? ''] = values[index];
    return row as R;
  });
}

const camelCasedNames = new Map<string, string>();

/** Column names are a closed set, so each is turned once. */
function camelCased(name: string): string {
  const known = camelCasedNames.get(name);
  if (known !== undefined) return known;
  const turned = name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  camelCasedNames.set(name, turned);
  return turned;
}
