import type { Work } from '../db/work.ts';

export type Person = { displayName: string; agencyId: string; roles: string[] };

export async function personOf(work: Work, staffId: string): Promise<Person> {
  const [staff, roles] = await Promise.all([
    work.db.selectFrom('staff').select(['displayName', 'agencyId']).where('id', '=', staffId).executeTakeFirstOrThrow(),
    work.db.selectFrom('staffRole').select('role').where('staffId', '=', staffId).orderBy('role').execute(),
  ]);
  return { ...staff, roles: roles.map((row) => row.role) };
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
