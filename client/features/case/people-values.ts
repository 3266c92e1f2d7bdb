import type { CaseView, ChangeCaseBody, Child, Perpetrator, Survivor } from '../../../server/cases/cases.contract.ts';
import { childOf, perpetratorOf, survivorOf } from '../register/body-people.ts';
import { emptyValues } from '../register/empty-values.ts';
import type { ChildValues, PerpetratorValues, RegistrationValues } from '../register/values.ts';

/** Which of the two screens: who she is and how she is reached, or the other people. */
export type PeoplePart = 'person' | 'others';

/** What stands in the fields, the case it is about as it was looked at, and that case's version. */
export type PeopleValues = RegistrationValues & { version: number; base: RegistrationValues };

/** The people of a case as the fields of the registration show them. */
export function valuesOfPeople(view: CaseView, today: string): PeopleValues {
  const base = fieldsOf(view, today);
  return { ...base, version: view.version, base };
}

/**
 * What was typed, carried over to a newer version of the case: a field that the person changed stays as she typed it,
 * one that she left alone takes what somebody else has saved, or her saving would undo it.
 */
export function rebasePeople(values: PeopleValues, view: CaseView, today: string): PeopleValues {
  const now = fieldsOf(view, today);
  const names = Object.keys(now) as (keyof RegistrationValues)[];
  const untouched = names.filter((name) => isSame(values[name], values.base[name]));
  const taken = Object.fromEntries(untouched.map((name) => [name, now[name]])) as Partial<RegistrationValues>;
  return { ...values, ...taken, version: view.version, base: now };
}

/** Only the sections of `part` that differ from the case looked at; what the fields do not show stays as it is stored. */
export function peopleChange(values: RegistrationValues, about: { view: CaseView; part: PeoplePart; today: string }) {
  const { view, part, today } = about;
  return part === 'person' ? personChange(values, view, today) : othersChange(values, view);
}

function personChange(values: RegistrationValues, { survivor: stored }: CaseView, today: string): ChangeCaseBody {
  const { nationality, contact } = stored;
  const typed = survivorOf(values, today);
  const survivor: Survivor = {
    ...typed,
    ...(nationality === undefined ? {} : { nationality }),
    contact: { ...typed.contact, ...(contact.areaCode === undefined ? {} : { areaCode: contact.areaCode }) },
  };
  return isSame(survivor, stored) ? {} : { survivor };
}

function othersChange(values: RegistrationValues, view: CaseView): ChangeCaseBody {
  const perpetrators = values.perpetrators.map((each) => perpetratorOf(each, view.kind));
  const children = values.children.map(childOf);
  return {
    ...(isSame(perpetrators, view.perpetrators) ? {} : { perpetrators }),
    ...(isSame(children, view.children) ? {} : { children }),
  };
}

function fieldsOf({ kind, basis, survivor, perpetrators, children }: CaseView, today: string): RegistrationValues {
  return {
    ...emptyValues({ today, agency: { sectors: [], areaCode: '' } }),
    kind,
    grounds: basis.code,
    ...personFields(survivor),
    perpetrators: perpetrators.map(perpetratorFields),
    children: children.map(childFields),
  };
}

function personFields(survivor: Survivor): Partial<RegistrationValues> {
  const { contact } = survivor;
  const [bornYear = '', bornMonth = '', bornDay = ''] = (survivor.bornOn ?? '').split('-');
  return {
    ...{ ageBand: survivor.ageBand, sex: survivor.sex, ethnicityGroup: survivor.ethnicityGroup },
    ...{ disabilities: survivor.disabilities, languages: survivor.languages, accessNeeds: survivor.accessNeeds },
    ...{ bornYear, bornMonth, bornDay, maritalStatus: survivor.maritalStatus ?? '' },
    ...texts(survivor, ['fullName', 'alias', 'identityNumber']),
    ...texts(contact, ['phone', 'safeTimes', 'codeWord', 'address', 'currentLocation', 'shelterAddress']),
    methods: contact.methods,
    mayLeaveMessage: contact.mayLeaveMessage ? 'YES' : 'NO',
  };
}

function perpetratorFields(stored: Perpetrator): PerpetratorValues {
  const { relationship, sex, ageGroup, livesWithSurvivor, birthYear } = stored;
  return {
    ...{ relationship, sex, ageGroup, livesWithSurvivor, birthYear: birthYear === undefined ? '' : String(birthYear) },
    ...texts(stored, ['id', 'fullName', 'identityNumber', 'phone', 'occupationGroup']),
    ...texts(stored, ['traffickerRole', 'access', 'address']),
  };
}

function childFields({ ageYears, sex, relation, livesWithSurvivor, isAtRisk }: Child): ChildValues {
  return {
    ...{ ageYears: ageYears === undefined ? '' : String(ageYears), sex, relation, livesWithSurvivor, isAtRisk },
  };
}

/** What is not known stands as '' in a field. */
function texts<Name extends string>(
  from: Partial<Record<Name, string | undefined>>,
  names: readonly Name[],
): Record<Name, string> {
  return Object.fromEntries(names.map((name) => [name, from[name] ?? ''])) as Record<Name, string>;
}

/** The same content, in whatever order the members stand. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(ordered(one)) === JSON.stringify(ordered(other));
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    members.toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([name, member]) => [name, ordered(member)]),
  );
}
