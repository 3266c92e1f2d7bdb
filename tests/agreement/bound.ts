import pg from 'pg';
import type { Person } from './world.ts';

/** A connection as the application or the auditor's pool has it, for statements that are all undone. */
export type Eyes = { as<T>(who: Person, look: (client: pg.Client) => Promise<T>): Promise<T>; close(): Promise<void> };

export async function eyesOn(url: string): Promise<Eyes> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    async as(who, look) {
      await client.query('begin');
      try {
        await client.query('select 1 from hien.bind_session($1, $2)', [who.token, '']);
        return await look(client);
      } finally {
        await client.query('rollback');
      }
    },
    close: () => client.end(),
  };
}

/** A difference between what the prose says and what the system does. */
export type Disagreement = { check: string; who: string; expected: string; found: string };

export function differences(
  about: { check: string; who: Person },
  expected: readonly string[],
  found: readonly string[],
): Disagreement[] {
  const [should, does] = [new Set(expected), new Set(found)];
  const missing = [...should].filter((each) => !does.has(each));
  const extra = [...does].filter((each) => !should.has(each));
  if (missing.length + extra.length === 0) return [];
  const who = `${about.who.id} (${about.who.roles.join(' ')})`;
  const few = (list: string[]): string => list.slice(0, 3).join(', ') + (list.length > 3 ? ` … (${list.length})` : '');
  return [{ check: about.check, who, expected: `also: ${few(missing)}`, found: `also: ${few(extra)}` }];
}
