import type { Incident, Report } from '../../../server/cases/cases.contract.ts';
import { fullDay, occurredDay, readClock } from './dates-typed.ts';
import { filled } from './filled.ts';
import type { RegistrationValues } from './values.ts';

export function incidentOf(values: RegistrationValues, today: string): Incident {
  return values.kind === 'trafficking' ? traffickingOf(values, today) : violenceOf(values, today);
}

export function reportOf(values: RegistrationValues, today: string): Report {
  const { receivedOn, channel, addressType } = values;
  return { receivedOn: fullDay(receivedOn) ?? today, channel, addressType };
}

function violenceOf(values: RegistrationValues, today: string): Incident {
  return {
    kind: 'violence',
    gbvType: values.gbvType,
    lawActs: [...values.lawActs],
    ...filled('harmfulPractice', values.harmfulPractice),
    ...filled('goodsExchanged', values.goodsExchanged),
    ...filled('abduction', values.abduction),
    ...commonOf(values, today),
  };
}

function traffickingOf(values: RegistrationValues, today: string): Incident {
  const { acts, means, purposes, controlMethods, exploitationTypes, recruitmentApps } = values;
  return {
    kind: 'trafficking',
    acts: [...acts],
    means: [...means],
    purposes: [...purposes],
    status: values.status,
    controlMethods: [...controlMethods],
    exploitationTypes: [...exploitationTypes],
    recruitmentApps: [...recruitmentApps],
    ...filled('recruitmentMethod', values.recruitmentMethod),
    ...filled('destination', values.destination),
    ...commonOf(values, today),
  };
}

function commonOf(values: RegistrationValues, today: string): Pick<Incident, 'occurred' | 'place' | 'health'> {
  const day = occurredDay(values, today);
  return {
    occurred: {
      on: day !== undefined && 'iso' in day ? day.iso : '',
      ...filled('at', readClock(values.clockTime) ?? ''),
      timeOfDay: values.timeOfDay,
    },
    place: { areaCode: values.areaCode, placeType: values.placeType },
    ...filled('narrative', values.narrative),
    health: { needs: [...values.healthNeeds], isPregnant: answerOf(values.isPregnant) },
  };
}

export function answerOf(value: string): 'YES' | 'NO' | 'UNKNOWN' {
  return value === 'YES' || value === 'NO' ? value : 'UNKNOWN';
}
