import type { ListedCode } from '../../../server/directory/directory.contract.ts';
import { readDate } from '../../ui/date-parts.ts';
import { mostExcluded } from '../safeguards/exclusions.ts';
import { bandOfBirth, isMinorBand } from './age.ts';
import { occurredDay, readClock, readPartialDay } from './dates-typed.ts';
import { isConsent } from './grounds.ts';
import type { RegistrationValues } from './values.ts';

/** What is wrong with a field; the words are in the locale file under `faults`. */
export type Fault =
  | 'choose'
  | 'chooseSome'
  | 'reason'
  | 'day'
  | 'unreal'
  | 'year4'
  | 'future'
  | 'clock'
  | 'childBasis'
  | 'safeMethod'
  | 'phone'
  | 'identityNumber'
  | 'birthYear'
  | 'childAge'
  | 'chooseOrRemove'
  | 'tooManyPeople';

/** By field name; those of lists are `perpetrators.0.relationship`. */
export type Faults = Partial<Record<string, Fault>>;

export type FaultsContext = { today: string; ageBands: readonly ListedCode[]; riskLevel: string };

type Check = (values: RegistrationValues, context: FaultsContext) => Faults;

const pages: readonly Check[] = [safetyFaults, incidentFaults, personFaults, othersFaults];

/** What keeps page 1–4 from being left, or for page 5 (checking) the whole from being sent. */
export function faultsOf(page: number, values: RegistrationValues, context: FaultsContext): Faults {
  const checks = page > pages.length ? pages : [pages[page - 1] ?? safetyFaults];
  return Object.assign({}, ...checks.map((check) => check(values, context))) as Faults;
}

/** Her age band: reckoned from the birth date where one was typed. */
export function bandOf(values: RegistrationValues, { today, ageBands }: FaultsContext): string {
  const born = bornOn(values, today);
  return born !== undefined && 'iso' in born ? bandOfBirth(born.iso, today, ageBands) : values.ageBand;
}

function safetyFaults(values: RegistrationValues, { riskLevel }: FaultsContext): Faults {
  return {
    ...when(values.grounds === '', 'grounds', 'choose'),
    ...(isConsent(values.grounds) ? consentFaults(values) : basisFaults(values)),
    ...when(riskLevel === '', 'riskLevel', 'choose'),
    ...when(values.exclusions.length > mostExcluded, 'exclusions', 'tooManyPeople'),
  };
}

function consentFaults(values: RegistrationValues): Faults {
  const needsRepresentative = values.consenter === 'GUARDIAN' || values.consenter === 'CHILD_AND_GUARDIAN';
  return {
    ...when(!('iso' in readDate(values.explainedOn)), 'explainedOn', 'day'),
    ...when(needsRepresentative && values.representativeRelation === '', 'representativeRelation', 'choose'),
    ...accusedFault(values),
  };
}

function basisFaults(values: RegistrationValues): Faults {
  if (values.grounds === '') return {};
  return { ...when(values.reason.trim() === '', 'reason', 'reason'), ...accusedFault(values) };
}

/** Whether the representative is the alleged perpetrator must be said, never assumed. */
function accusedFault(values: RegistrationValues): Faults {
  const isOpen = values.representativeRelation !== '' && values.isRepresentativeAccused === '';
  return when(isOpen, 'isRepresentativeAccused', 'choose');
}

function incidentFaults(values: RegistrationValues, { today }: FaultsContext): Faults {
  const day = occurredDay(values, today);
  const dayField = values.whenKnown === 'part' ? 'occurredYear' : 'occurredOn';
  return {
    ...(values.kind === 'trafficking' ? traffickingFaults(values) : when(values.gbvType === '', 'gbvType', 'choose')),
    ...when(values.whenKnown === '', 'whenKnown', 'choose'),
    ...(day !== undefined && 'fault' in day ? { [dayField]: day.fault } : {}),
    ...when(values.clockTime.trim() !== '' && readClock(values.clockTime) === undefined, 'clockTime', 'clock'),
    ...when(values.areaCode === '', 'areaCode', 'choose'),
    ...when(values.placeType === '', 'placeType', 'choose'),
    ...receivedFault(values, today),
  };
}

/** Means belong to the definition for adults only; the list has an entry for a minor and one for "not known". */
function traffickingFaults({ acts, means, purposes }: RegistrationValues): Faults {
  return {
    ...when(acts.length === 0, 'acts', 'chooseSome'),
    ...when(means.length === 0, 'means', 'chooseSome'),
    ...when(purposes.length === 0, 'purposes', 'chooseSome'),
  };
}

function receivedFault({ receivedOn }: RegistrationValues, today: string): Faults {
  const reading = readDate(receivedOn, { notAfter: today });
  if ('iso' in reading) return {};
  return { receivedOn: reading.fault === 'future' ? 'future' : 'day' };
}

function personFaults(values: RegistrationValues, context: FaultsContext): Faults {
  const born = bornOn(values, context.today);
  const band = bandOf(values, context);
  const isGrownUp = band !== '' && !isMinorBand(band, context.ageBands);
  return {
    ...when(values.ageBand === '' && born === undefined, 'ageBand', 'choose'),
    ...(born !== undefined && 'fault' in born ? { bornYear: born.fault } : {}),
    ...when(isGrownUp && values.grounds === 'CHILD_DUTY', 'ageBand', 'childBasis'),
    ...when(values.sex === '', 'sex', 'choose'),
    ...when(values.phone.trim() !== '' && values.methods.length === 0, 'methods', 'safeMethod'),
    ...numberFaults(values, ''),
  };
}

function othersFaults(values: RegistrationValues): Faults {
  const perpetrators = values.perpetrators.map((each, index) => {
    const path = `perpetrators.${String(index)}.`;
    const year = each.birthYear.trim();
    return {
      ...when(each.relationship === '', `${path}relationship`, 'chooseOrRemove'),
      ...when(year !== '' && !/^(19|20)\d\d$/.test(year), `${path}birthYear`, 'birthYear'),
      ...numberFaults(each, path),
    };
  });
  const children = values.children.map(({ ageYears }, index) =>
    when(!/^(1[0-7]|\d)?$/.test(ageYears.trim()), `children.${String(index)}.ageYears`, 'childAge'),
  );
  return Object.assign({}, ...perpetrators, ...children) as Faults;
}

/** Obvious slips only: the server knows the numbers' rules. */
function numberFaults(numbers: { phone: string; identityNumber: string }, path: string): Faults {
  const phone = numbers.phone.replaceAll(/[\s.\-()]/g, '');
  const identity = numbers.identityNumber.replaceAll(/\s/g, '');
  return {
    ...when(phone !== '' && !/^\+?\d{8,15}$/.test(phone), `${path}phone`, 'phone'),
    ...when(identity !== '' && !/^(\d{9}|\d{12})$/.test(identity), `${path}identityNumber`, 'identityNumber'),
  };
}

function bornOn({ bornDay, bornMonth, bornYear }: RegistrationValues, today: string) {
  return readPartialDay({ day: bornDay, month: bornMonth, year: bornYear }, today);
}

function when(isWrong: boolean, field: string, fault: Fault): Faults {
  return isWrong ? { [field]: fault } : {};
}
