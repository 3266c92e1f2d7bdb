import type { Child, Perpetrator, Survivor } from '../../../server/cases/cases.contract.ts';
import { answerOf } from './body-incident.ts';
import { readPartialDay } from './dates-typed.ts';
import { filled } from './filled.ts';
import type { ChildValues, PerpetratorValues, RegistrationValues } from './values.ts';

export function survivorOf(values: RegistrationValues, today: string): Survivor {
  const born = readPartialDay({ day: values.bornDay, month: values.bornMonth, year: values.bornYear }, today);
  return {
    // The server reckons the band from a birth date; without one the chosen band counts.
    ageBand: values.ageBand === '' ? 'UNKNOWN' : values.ageBand,
    ...(born !== undefined && 'iso' in born ? { bornOn: born.iso } : {}),
    sex: values.sex,
    ethnicityGroup: values.ethnicityGroup,
    ...filled('maritalStatus', values.maritalStatus),
    disabilities: [...values.disabilities],
    languages: [...values.languages],
    accessNeeds: [...values.accessNeeds],
    ...filled('fullName', values.fullName),
    ...filled('alias', values.alias),
    ...filled('identityNumber', values.identityNumber),
    contact: contactOf(values),
  };
}

function contactOf(values: RegistrationValues): Survivor['contact'] {
  return {
    methods: [...values.methods],
    mayLeaveMessage: values.mayLeaveMessage === 'YES',
    ...filled('phone', values.phone),
    ...filled('safeTimes', values.safeTimes),
    ...filled('codeWord', values.codeWord),
    ...filled('address', values.address),
    ...filled('currentLocation', values.currentLocation),
    ...filled('shelterAddress', values.shelterAddress),
  };
}

export function perpetratorOf(values: PerpetratorValues, kind: string): Perpetrator {
  const birthYear = Number(values.birthYear.trim());
  return {
    ...filled('id', values.id),
    relationship: values.relationship,
    sex: values.sex,
    ageGroup: values.ageGroup,
    livesWithSurvivor: answerOf(values.livesWithSurvivor),
    ...(values.birthYear.trim() === '' ? {} : { birthYear }),
    ...filled('fullName', values.fullName),
    ...filled('identityNumber', values.identityNumber),
    ...filled('phone', values.phone),
    ...filled('occupationGroup', values.occupationGroup),
    ...(kind === 'trafficking' ? filled('traffickerRole', values.traffickerRole) : {}),
    ...filled('access', values.access),
    ...filled('address', values.address),
  };
}

export function childOf(values: ChildValues): Child {
  return {
    ...(values.ageYears.trim() === '' ? {} : { ageYears: Number(values.ageYears.trim()) }),
    sex: values.sex,
    relation: values.relation,
    livesWithSurvivor: answerOf(values.livesWithSurvivor),
    isAtRisk: answerOf(values.isAtRisk),
  };
}
