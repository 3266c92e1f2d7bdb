import type { District, DistrictStaff } from './district.ts';
import type { Desk } from './schedule.rules.ts';

type Agency = District['agencies'][number];

/** The people of the district as stories name them. Throws for a name that nobody has: a fault of the data. */
export type Cast = {
  person(username: string): DistrictStaff;
  agencyOf(username: string): Agency;
  /** The agency whose people's user names end so: `ca.sontra`. */
  agency(ending: string): Agency;
  /** The first person of an agency who has the role. */
  first(ending: string, role: string): string;
  deskOf(username: string): Desk;
};

export function castOf(district: District): Cast {
  const person = (username: string): DistrictStaff =>
    known(
      district.staff.find((each) => each.username === username),
      username,
    );
  const agencyById = (id: string): Agency =>
    known(
      district.agencies.find((each) => each.id === id),
      id,
    );
  const peopleOf = (ending: string): DistrictStaff[] =>
    district.staff.filter((each) => each.username.endsWith(`.${ending}`));
  const agencyOf = (username: string): Agency => agencyById(person(username).agencyId);
  return {
    person,
    agencyOf,
    agency: (ending) => agencyById(known(peopleOf(ending)[0], ending).agencyId),
    first: (ending, role) =>
      known(
        peopleOf(ending).find((each) => each.roles.includes(role)),
        `${role} of ${ending}`,
      ).username,
    deskOf: (username) => ({ isAlwaysOpen: agencyOf(username).dutyDesk?.hours === '24/7' }),
  };
}

function known<T>(found: T | undefined, wanted: string): T {
  if (found === undefined) throw new Error(`demonstration data: no ${wanted}`);
  return found;
}
