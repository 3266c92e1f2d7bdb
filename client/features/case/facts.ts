import type {
  CaseView,
  Child,
  Perpetrator,
  Report,
  ReviewedCaseView,
  Survivor,
} from '../../../server/cases/cases.contract.ts';
import type { Words } from '../../locales/vi.ts';
import { dayIn } from '../../ui/dates.ts';

export type FactLabel = keyof Words['caseFile']['facts'];

/** One answer of the record: codes of a list, a yes-no answer, a day as well as it is known, a place, or plain text. */
export type Fact = { label: FactLabel } & (
  | { list: string; codes: readonly string[] }
  | { answer: 'YES' | 'NO' | 'UNKNOWN' }
  | { day: string }
  | { area: string }
  | { text: string }
);

/** One incident, as much of it as was shown: a review has no words that anybody typed and nothing of her health. */
export function incidentFacts(incident: Partial<Told> & ReviewedIncident): Fact[] {
  const { occurred, place, health, narrative } = incident;
  return [
    ...(incident.kind === 'violence' ? violenceFacts(incident) : traffickingFacts(incident)),
    { label: 'occurredOn', day: occurred.on },
    ...texts({ clockTime: occurred.at }),
    code('timeOfDay', 'time_of_day', occurred.timeOfDay),
    code('placeType', 'place_type', place.placeType),
    { label: 'area', area: place.areaCode },
    ...(health === undefined ? [] : healthFacts(health)),
    ...texts({ narrative }),
  ];
}

type ReviewedIncident = ReviewedCaseView['incidents'][number]['value'];
/** What only the whole case tells of an incident. */
type Told = { health: Health; narrative: string | undefined; destination: string | undefined };
type Health = CaseView['incidents'][number]['value']['health'];
type Violence = Extract<ReviewedIncident, { kind: 'violence' }>;
type Trafficking = Extract<ReviewedIncident, { kind: 'trafficking' }> & Partial<Told>;

function healthFacts({ needs, isPregnant, note }: Health): Fact[] {
  return [
    codes('healthNeeds', 'health_need', needs),
    { label: 'isPregnant', answer: isPregnant },
    ...texts({ healthNote: note }),
  ];
}

function violenceFacts(incident: Violence): Fact[] {
  return [
    code('gbvType', 'gbv_type', incident.gbvType),
    codes('lawActs', 'law_act', incident.lawActs),
    code('goodsExchanged', 'goods_exchanged', incident.goodsExchanged),
    code('abduction', 'abduction_type', incident.abduction),
    code('harmfulPractice', 'harmful_practice', incident.harmfulPractice),
  ];
}

function traffickingFacts(incident: Trafficking): Fact[] {
  return [
    code('status', 'trafficking_status', incident.status),
    codes('acts', 'trafficking_act', incident.acts),
    codes('means', 'trafficking_means', incident.means),
    codes('purposes', 'trafficking_purpose', incident.purposes),
    codes('controlMethods', 'control_method', incident.controlMethods),
    codes('exploitationTypes', 'exploitation_type', incident.exploitationTypes),
    code('recruitmentMethod', 'recruitment_method', incident.recruitmentMethod),
    codes('recruitmentApps', 'recruitment_app', incident.recruitmentApps),
    ...texts({ destination: incident.destination }),
  ];
}

/** What services need of her, without anything that tells who she is. */
export function survivorFacts(survivor: ReviewedCaseView['survivor']): Fact[] {
  return [
    code('ageBand', 'age_band', survivor.ageBand),
    code('sex', 'sex', survivor.sex),
    codes('disabilities', 'disability', survivor.disabilities),
    code('ethnicityGroup', 'ethnicity_group', survivor.ethnicityGroup),
    codes('languages', 'language', survivor.languages),
    codes('accessNeeds', 'access_need', survivor.accessNeeds),
    code('maritalStatus', 'marital_status', survivor.maritalStatus),
  ];
}

/** Who she is and where; only behind a tap. */
export function identityFacts({ contact, ...survivor }: Survivor): Fact[] {
  return [
    ...texts({ fullName: survivor.fullName, alias: survivor.alias }),
    ...(survivor.bornOn === undefined ? [] : [{ label: 'bornOn' as const, day: survivor.bornOn }]),
    ...texts({
      identityNumber: survivor.identityNumber,
      nationality: survivor.nationality,
      address: contact.address,
      currentLocation: contact.currentLocation,
      shelterAddress: contact.shelterAddress,
    }),
  ];
}

export function perpetratorFacts(perpetrator: Perpetrator): Fact[] {
  return [
    code('relationship', 'relationship', perpetrator.relationship),
    code('sex', 'sex', perpetrator.sex),
    code('ageGroup', 'perpetrator_age_group', perpetrator.ageGroup),
    { label: 'livesWith', answer: perpetrator.livesWithSurvivor },
    code('occupation', 'occupation_group', perpetrator.occupationGroup),
    code('traffickerRole', 'trafficker_role', perpetrator.traffickerRole),
    ...texts({ access: perpetrator.access }),
  ];
}

export function perpetratorIdentity(perpetrator: Perpetrator): Fact[] {
  const { fullName, birthYear, identityNumber, phone, address } = perpetrator;
  return texts({ fullName, birthYear: birthYear?.toString(), identityNumber, phone, address });
}

export function childFacts(child: Child): Fact[] {
  return [
    ...texts({ ageYears: child.ageYears?.toString() }),
    code('sex', 'sex', child.sex),
    code('relation', 'child_relation', child.relation),
    { label: 'livesWith', answer: child.livesWithSurvivor },
    { label: 'isAtRisk', answer: child.isAtRisk },
  ];
}

export function basisFacts({ basis, report, openedAt }: CaseView): Fact[] {
  const { representative } = basis;
  return [
    code('basis', 'recording_basis', basis.code),
    code('evidence', 'consent_evidence', basis.evidence),
    code('consenter', 'consenter', basis.consenter),
    code('language', 'language', basis.language),
    ...(basis.explainedOn === undefined ? [] : [{ label: 'explainedOn' as const, day: basis.explainedOn }]),
    { label: 'reportUse', answer: basis.isReportUseAgreed ? 'YES' : 'NO' },
    ...texts({ reason: basis.reason }),
    code('representative', 'representative_relation', representative?.relationship),
    ...texts({ representativeName: representative?.fullName }),
    ...(representative ? [accused(representative.isAllegedPerpetrator)] : []),
    { label: 'openedOn', day: dayIn(openedAt) },
    ...reportFacts(report),
  ];
}

export function reportFacts({ receivedOn, channel, addressType }: Report): Fact[] {
  return [
    { label: 'receivedOn', day: receivedOn },
    code('channel', 'report_channel', channel),
    code('addressType', 'report_address_type', addressType),
  ];
}

function accused(isAccused: boolean): Fact {
  return { label: 'isRepresentativeAccused', answer: isAccused ? 'YES' : 'NO' };
}

/** A question that was left open has a fact without any code. */
export function isAnswered(fact: Fact): boolean {
  return !('codes' in fact) || fact.codes.length > 0;
}

/** The code lists that these facts are worded from; none for what was left open. */
export function listsOf(facts: readonly Fact[]): string[] {
  return [...new Set(facts.flatMap((fact) => ('list' in fact && isAnswered(fact) ? [fact.list] : [])))];
}

function code(label: FactLabel, list: string, value: string | undefined): Fact {
  return { label, list, codes: value === undefined ? [] : [value] };
}

function codes(label: FactLabel, list: string, values: readonly string[]): Fact {
  return { label, list, codes: values };
}

function texts(given: Partial<Record<FactLabel, string | undefined>>): Fact[] {
  return Object.entries(given).flatMap(([label, text]) =>
    text === undefined || text === '' ? [] : [{ label: label as FactLabel, text }],
  );
}
