import { emptyDate, partsOf } from '../../ui/date-parts.ts';
import { emptyPerpetrator, type RegistrationValues } from './values.ts';

/** Where a report usually arrives, by the agency's sector (codes of `report_address_type`). */
const usualAddress: Readonly<Record<string, string>> = {
  SOCIAL: 'PEOPLE_COMMITTEE',
  CHILD: 'PEOPLE_COMMITTEE',
  PEOPLE_COMMITTEE: 'PEOPLE_COMMITTEE',
  POLICE: 'POLICE',
  BORDER: 'BORDER_GUARD',
  EDU: 'SCHOOL',
  WU: 'SOCIO_POLITICAL_ORG',
  HEALTH: 'HEALTH_FACILITY',
  HOTLINE: 'DV_HOTLINE',
};

export type Beginning = {
  /** Today in Viet Nam, `2026-03-27`. */
  today: string;
  agency: { sectors: readonly string[]; areaCode: string };
};

/**
 * A new registration. Prefilled is only what hurts nobody when it stays by oversight: today, the own ward, the own
 * desk, "not known". Consent, risk, what happened and who she is are never assumed.
 */
export function emptyValues({ today, agency }: Beginning): RegistrationValues {
  return { ...safetyFirst(today), ...incident(today, agency), ...person, ...others };
}

function safetyFirst(today: string) {
  return {
    reached: 1,
    grounds: '',
    consenter: 'SELF',
    language: 'VIE',
    explainedOn: partsOf(today),
    isReportUseAgreed: 'NO',
    reason: '',
    representativeRelation: '',
    representativeName: '',
    isRepresentativeAccused: '',
    exclusions: [],
    redFlags: [],
    riskLevel: '',
  };
}

function incident(today: string, agency: Beginning['agency']) {
  const [year = ''] = today.split('-');
  return {
    kind: 'violence',
    gbvType: '',
    lawActs: [],
    harmfulPractice: '',
    goodsExchanged: '',
    abduction: '',
    acts: [],
    means: [],
    purposes: [],
    status: 'PRESUMED',
    controlMethods: [],
    exploitationTypes: [],
    recruitmentMethod: '',
    recruitmentApps: [],
    destination: '',
    whenKnown: '' as const,
    occurredOn: emptyDate,
    occurredMonth: '',
    occurredYear: year,
    clockTime: '',
    timeOfDay: 'UNKNOWN',
    areaCode: agency.areaCode,
    placeType: '',
    receivedOn: partsOf(today),
    channel: 'IN_PERSON',
    addressType: agency.sectors.map((sector) => usualAddress[sector]).find(Boolean) ?? 'OTHER',
  };
}

const person = {
  ageBand: '',
  bornDay: '',
  bornMonth: '',
  bornYear: '',
  sex: '',
  ethnicityGroup: 'UNKNOWN',
  maritalStatus: '',
  disabilities: ['UNKNOWN'],
  languages: ['VIE'],
  accessNeeds: [],
  methods: [],
  phone: '',
  safeTimes: '',
  mayLeaveMessage: 'NO',
  codeWord: '',
  fullName: '',
  alias: '',
  identityNumber: '',
  address: '',
  currentLocation: '',
  shelterAddress: '',
};

const others = {
  perpetrators: [emptyPerpetrator],
  children: [],
  healthNeeds: ['UNKNOWN'],
  isPregnant: 'UNKNOWN',
  narrative: '',
};
