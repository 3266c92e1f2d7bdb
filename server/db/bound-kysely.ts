import {
  CamelCasePlugin,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type QueryResult,
} from 'kysely';
import type { ClientBase } from 'pg';
import type { Database } from './schema.ts';

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

/**
 * A query builder tied to one connection inside one transaction. `isOpen` is asked before each
 * query, so that a forgotten `await` fails loudly instead of running after the commit.
 */
export function boundKysely(client: ClientBase, isOpen: () => boolean): Queries {
  const connection = boundConnection(client, isOpen);
  const dialect: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => ({
      init: async () => {},
      acquireConnection: async () => connection,
      beginTransaction: refuse,
      commitTransaction: refuse,
      rollbackTransaction: refuse,
      releaseConnection: async () => {},
      destroy: async () => {},
    }),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
  return new Kysely<Database>({ dialect, plugins: [camelCase] });
}

const camelCase = new CamelCasePlugin({ maintainNestedObjectKeys: true });

async function refuse(): Promise<never> {
  throw new Error('Work owns the transaction');
}

function boundConnection(client: ClientBase, isOpen: () => boolean): DatabaseConnection {
  return {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      if (!isOpen()) throw new Error('query after the end of its transaction');
      const name = statementName(query.sql);
      const result = await client.query({
        ...(name === undefined ? {} : { name }),
        text: query.sql,
        values: [...query.parameters],
      });
      return { rows: result.rows as R[], numAffectedRows: BigInt(result.rowCount ?? 0) };
    },
    streamQuery: async function* () {
      throw new Error('streaming is not part of Work');
    },
  };
}
