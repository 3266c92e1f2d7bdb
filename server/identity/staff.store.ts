import type { Work } from '../db/work.ts';

export type Person = { displayName: string; agencyId: string; roles: string[] };

export async function personOf(work: Work, staffId: string): Promise<Person> {
  const [staff, roles] = await Promise.all([
    work.db.selectFrom('staff').select(['displayName', 'agencyId']).where('id', '=', staffId).executeTakeFirstOrThrow(),
    work.db.selectFrom('staffRole').select('role').where('staffId', '=', staffId).orderBy('role').execute(),
  ]);
  return { ...staff, roles: roles.map((row) => row.role) };
}

/** Names of staff by id, for lists that were already allowed. */
export async function namesOf(
  work: Work,
  staffIds: readonly string[],
): Promise<Map<string, { displayName: string; agencyId: string }>> {
  if (staffIds.length === 0) return new Map();
  const rows = await work.db
    .selectFrom('staff')
    .select(['id', 'displayName', 'agencyId'])
    .where('id', 'in', [...new Set(staffIds)])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Active colleagues of the bound person's agency who serve on cases. */
export async function colleaguesOf(work: Work): Promise<{ id: string; displayName: string; roles: string[] }[]> {
  const rows = await work.db
    .selectFrom('staff')
    .innerJoin('staffRole', 'staffRole.staffId', 'staff.id')
    .select(['staff.id', 'staff.displayName', 'staffRole.role'])
    .where('staff.agencyId', '=', work.staff.agencyId)
    .where('staff.isActive', '=', true)
    .orderBy('staff.displayName')
    .execute();
  const people = new Map<string, { id: string; displayName: string; roles: string[] }>();
  for (const { id, displayName, role } of rows) {
    const person = people.get(id) ?? { id, displayName, roles: [] };
    person.roles.push(role);
    people.set(id, person);
  }
  return [...people.values()].filter((person) =>
    person.roles.some((role) => ['case_worker', 'duty_officer', 'supervisor'].includes(role)),
  );
}
