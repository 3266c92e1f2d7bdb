import type { CaseView, ChangeCaseBody, Child, Perpetrator, Survivor } from '../../../server/cases/cases.contract.ts';
import { childOf, perpetratorOf, survivorOf } from '../register/body-people.ts';
import { emptyValues } from '../register/empty-values.ts';
import type { ChildValues, PerpetratorValues, RegistrationValues } from '../register/values.ts';
import { isSame, texts, type SectionMapping } from './section-values.ts';

/** Which of the two screens: who she is and how she is reached, or the other people. */
export type PeoplePart = 'person' | 'others';

/** The people of a case as the fields of the registration show them; only what differs from the case looked at is sent. */
export const people: Readonly<Record<PeoplePart, SectionMapping>> = {
  person: { fieldsOf, changeOf: personChange },
  others: { fieldsOf, changeOf: othersChange },
};

type About = { view: CaseView; today: string };

/** What the fields do not show stays as it is stored. */
function personChange(values: RegistrationValues, { view, today }: About): ChangeCaseBody {
  const { survivor: stored } = view;
  const { nationality, contact } = stored;
  const typed = survivorOf(values, today);
  const survivor: Survivor = {
    ...typed,
    ...(nationality === undefined ? {} : { nationality }),
    contact: { ...typed.contact, ...(contact.areaCode === undefined ? {} : { areaCode: contact.areaCode }) },
  };
  return isSame(survivor, stored) ? {} : { survivor };
}

function othersChange(values: RegistrationValues, { view }: About): ChangeCaseBody {
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
