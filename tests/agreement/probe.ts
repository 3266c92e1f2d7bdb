import type pg from 'pg';
import type { Ground } from './write-worlds.ts';

/** Something tried in SQL and undone; `expected` is a number of rows, or `refused` by row-level security. */
export type Probe = { table: string; what: string; sql: string; expected: string };

/**
 * Prepares a database for probes. What other guards would refuse first is let through, so that the rows must refuse by
 * themselves: rights to columns and tables are wide, and the guards of the steps of referrals and findings are off.
 */
export async function prepareProbes({ ask }: Ground): Promise<void> {
  await ask('create schema probe');
  await ask(`create function probe.each(statements text[]) returns text[] language plpgsql as $$
declare
  answers text[] := '{}';
  touched bigint;
  statement text;
begin
  foreach statement in array statements loop
    begin
      execute statement;
      get diagnostics touched = row_count;
      raise exception using errcode = 'HN900', message = touched::text;
    exception when others then
      answers := answers || case
        when sqlstate = 'HN900' then sqlerrm when sqlerrm like '%row-level security%' then 'refused' else sqlstate end;
    end;
  end loop;
  return answers;
end $$`);
  await ask('grant usage on schema probe to public');
  for (const role of ['hien_app', 'hien_auditor', 'hien_definer', 'hien_keeper', 'hien_sequencer'])
    await ask(`grant select, insert, update, delete on all tables in schema hien to ${role}`);
  await ask('alter table hien.referral disable trigger referral_step');
  await ask('alter table hien.finding disable trigger finding_step');
}

/** What a later guard refuses got past this wall; a lack of rights (42501) would say nothing about rows. */
function spelled(answer: string, { expected }: Probe): string {
  const isPast = !['0', 'refused', '42501'].includes(answer);
  return expected === 'let through' && isPast ? 'let through' : answer;
}

/** Tries everything in one round trip, on a connection that is already who it should be. */
export async function probed(client: Pick<pg.Client, 'query'>, probes: readonly Probe[]): Promise<string[]> {
  const { rows } = await client.query<{ each: string[] }>('select probe.each($1)', [probes.map(({ sql }) => sql)]);
  const answers = rows[0]?.each ?? [];
  return probes.flatMap((probe, at) => {
    const found = spelled(answers[at] ?? '', probe);
    return found === probe.expected
      ? []
      : [`${probe.table}: ${probe.what}: expected ${probe.expected}, found ${found}`];
  });
}

export const whether = (is: boolean): string => (is ? 'let through' : 'refused');
