import type { DateParts } from '../../ui/date-parts.ts';
import type { Excluded } from '../safeguards/exclusions.ts';

/** One alleged perpetrator as typed; '' stands for what was left open. */
export type PerpetratorValues = {
  /** Of one who is on record already; '' for a new one. */
  id: string;
  relationship: string;
  sex: string;
  ageGroup: string;
  livesWithSurvivor: string;
  occupationGroup: string;
  traffickerRole: string;
  fullName: string;
  birthYear: string;
  identityNumber: string;
  phone: string;
  access: string;
  address: string;
};

export type ChildValues = {
  ageYears: string;
  sex: string;
  relation: string;
  livesWithSurvivor: string;
  isAtRisk: string;
};

/** How well the day is known: exactly, or only its month or year. */
export type WhenKnown = 'today' | 'yesterday' | 'day' | 'part' | '';

/** Everything that is asked, as it stands in the fields; plain JSON, so that it can be kept and saved as a draft. */
export type RegistrationValues = {
  /** The furthest page seen: 1–4, then 5 for checking the answers. */
  reached: number;

  /** A code of `consent_evidence` for her consent, or another code of `recording_basis`. */
  grounds: string;
  consenter: string;
  language: string;
  explainedOn: DateParts;
  isReportUseAgreed: string;
  reason: string;
  representativeRelation: string;
  representativeName: string;
  isRepresentativeAccused: string;
  /** Staff whom she does not want to know. */
  exclusions: readonly Excluded[];
  redFlags: readonly string[];
  riskLevel: string;

  kind: string;
  gbvType: string;
  lawActs: readonly string[];
  harmfulPractice: string;
  goodsExchanged: string;
  abduction: string;
  acts: readonly string[];
  means: readonly string[];
  purposes: readonly string[];
  status: string;
  controlMethods: readonly string[];
  exploitationTypes: readonly string[];
  recruitmentMethod: string;
  recruitmentApps: readonly string[];
  destination: string;
  whenKnown: WhenKnown;
  occurredOn: DateParts;
  occurredMonth: string;
  occurredYear: string;
  /** Clock time as typed, `21:30`; '' when not known. */
  clockTime: string;
  timeOfDay: string;
  areaCode: string;
  placeType: string;
  receivedOn: DateParts;
  channel: string;
  addressType: string;

  ageBand: string;
  bornDay: string;
  bornMonth: string;
  bornYear: string;
  sex: string;
  ethnicityGroup: string;
  maritalStatus: string;
  disabilities: readonly string[];
  languages: readonly string[];
  accessNeeds: readonly string[];
  methods: readonly string[];
  phone: string;
  safeTimes: string;
  mayLeaveMessage: string;
  codeWord: string;
  fullName: string;
  alias: string;
  identityNumber: string;
  address: string;
  currentLocation: string;
  shelterAddress: string;

  perpetrators: readonly PerpetratorValues[];
  children: readonly ChildValues[];
  healthNeeds: readonly string[];
  isPregnant: string;
  narrative: string;
};

export type FieldName = keyof RegistrationValues & string;

export const emptyPerpetrator: PerpetratorValues = {
  id: '',
  relationship: '',
  sex: 'UNKNOWN',
  ageGroup: 'UNKNOWN',
  livesWithSurvivor: 'UNKNOWN',
  occupationGroup: '',
  traffickerRole: '',
  fullName: '',
  birthYear: '',
  identityNumber: '',
  phone: '',
  access: '',
  address: '',
};

export const emptyChild: ChildValues = {
  ageYears: '',
  sex: 'UNKNOWN',
  relation: 'CHILD',
  livesWithSurvivor: 'UNKNOWN',
  isAtRisk: 'UNKNOWN',
};
