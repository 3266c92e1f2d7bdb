import type { Outlier } from '../../server/audit/overview.contract.ts';
import type { Person } from './actors.ts';
import type { TestApp } from './app.ts';
import { aPerpetrator, aViolenceCase } from './bodies.ts';
import { done, registerCase, type Registered } from './seed.ts';

const WEEK_MS = 7 * 86_400_000;

/** A person's name from now on, as if she had been hired with it. */
export async function namedAs(app: TestApp, { staffId }: Pick<Person, 'staffId'>, name: string): Promise<void> {
  await app.database.ask('update hien.staff set display_name = $2 where id = $1', [staffId, name]);
}

/** What befell in the week of this Monday: each story has one of its own, so that they do not add up. */
export async function inWeekOf<T>(app: TestApp, monday: string, story: () => Promise<T>): Promise<T> {
  app.clock.set(`${monday}T09:00:00+07:00`);
  try {
    return await story();
  } finally {
    app.clock.set(new Date().toISOString());
  }
}

/** What an auditor is told of family names in that week. */
export async function surnamesTold(who: Person, monday: string): Promise<Outlier[]> {
  const from = Date.parse(`${monday}T00:00:00+07:00`);
  const stretch = `from=${new Date(from).toISOString()}&to=${new Date(from + WEEK_MS).toISOString()}`;
  const { items } = done<{ items: Outlier[] }>(await who.get(`/api/audit/outliers?${stretch}`));
  return items.filter(({ rule }) => rule.code === 'same_surname');
}

/** A case against somebody of this name. */
export function caseAgainstOne(app: TestApp, worker: Person, fullName: string): Promise<Registered> {
  const perpetrators = [{ ...aPerpetrator(), fullName }];
  return registerCase(app, worker, aViolenceCase(app.clock, { perpetrators }));
}

/** Whose family name the database has noted in a case. */
export async function notedIn(app: TestApp, caseId: string): Promise<string[]> {
  const rows = await app.database.ask<{ username: string }>(
    'select p.username from hien.surname_match m join hien.staff p on p.id = m.staff_id where m.case_id = $1 order by 1',
    [caseId],
  );
  return rows.map(({ username }) => username);
}

/** As it was noted about somebody before she was barred from the case. */
export async function noteSurnameOf(
  app: TestApp,
  { staffId, agencyId }: Person,
  of: { caseId: string; ownerAgencyId: string },
): Promise<void> {
  const values = [of.caseId, staffId, agencyId, of.ownerAgencyId];
  await app.database.ask('insert into hien.surname_match values ($1, $2, $3, $4, now())', values);
}
