import { canary, canaryDigits } from './canary.ts';
import type { TestClock } from './clock.ts';

type Part = Record<string, unknown>;
export type Changes = Readonly<Record<string, unknown>>;

/** Synthetic registrations; every free text is a planted word. `changes` replaces parts of a section, or whole lists. */
export function aViolenceCase(clock: TestClock, changes: Changes = {}) {
  return changed(
    {
      basis: consentBasis(clock),
      report: { receivedOn: clock.day(), channel: 'IN_PERSON', addressType: 'SOCIO_POLITICAL_ORG' },
      incident: {
        kind: 'violence',
        gbvType: 'PHYSICAL_ASSAULT',
        lawActs: ['DV03A', 'DV03B'],
        occurred: { on: clock.day(-1), at: '21:30', timeOfDay: 'NIGHT' },
        place: { areaCode: '20263', placeType: 'HOME_SHARED' },
        narrative: canary('Bị đánh '),
        health: { needs: ['INJURY'], isPregnant: 'NO', note: canary('đau vai ') },
      },
      survivor: aSurvivor(),
      perpetrators: [aPerpetrator()],
      children: [{ ageYears: 6, sex: 'FEMALE', relation: 'CHILD', livesWithSurvivor: 'YES', isAtRisk: 'UNKNOWN' }],
      risk: { level: 'MEDIUM', redFlags: ['ESCALATING'] },
    },
    changes,
  );
}

export function aTraffickingCase(clock: TestClock, changes: Changes = {}) {
  const base = aViolenceCase(clock);
  const incident = {
    kind: 'trafficking',
    acts: ['RECRUIT', 'TRANSPORT'],
    means: ['DECEIT'],
    purposes: ['FORCED_LABOUR'],
    status: 'PRESUMED',
    controlMethods: ['WITHHOLDS_DOCUMENTS', 'DEBT_BONDAGE'],
    exploitationTypes: ['FORCED_LABOUR'],
    recruitmentMethod: 'THROUGH_ONLINE_SOCIAL_NETWORKS',
    recruitmentApps: ['ZALO'],
    destination: canary('cơ sở '),
    occurred: { on: clock.day(-40).slice(0, 7), timeOfDay: 'UNKNOWN' },
    place: { areaCode: '20263', placeType: 'ONLINE' },
    narrative: canary('Bị lừa '),
    health: { needs: ['NONE'], isPregnant: 'UNKNOWN' },
  };
  return changed({ ...base, incident }, changes);
}

/** A child of ten, whom the duty to report lets be recorded without consent. */
export function aChildCase(clock: TestClock, changes: Changes = {}) {
  const born = `${Number(clock.day().slice(0, 4)) - 10}-01-15`;
  const base = aViolenceCase(clock, {
    survivor: { bornOn: born, ageBand: 'B7_15', maritalStatus: 'SINGLE' },
    perpetrators: [{ ...aPerpetrator(), relationship: 'PRIMARY_CAREGIVER' }],
  });
  const basis = {
    code: 'CHILD_DUTY',
    isReportUseAgreed: false,
    reason: canary('Bổn phận báo tin '),
    representative: { fullName: canary('Bà ngoại '), relationship: 'GRANDPARENT', isAllegedPerpetrator: false },
  };
  return changed({ ...base, basis }, changes);
}

export function consentBasis(clock: TestClock): Part {
  return {
    code: 'CONSENT',
    consenter: 'SELF',
    evidence: 'SIGNATURE',
    language: 'VIE',
    explainedOn: clock.day(),
    isReportUseAgreed: true,
  };
}

export function aSurvivor(): Part {
  return {
    fullName: canary('Nguyễn Thị '),
    alias: canary('Chị '),
    bornOn: '1994-05-12',
    ageBand: 'B25_59',
    sex: 'FEMALE',
    ethnicityGroup: 'KINH',
    maritalStatus: 'MARRIED',
    identityNumber: canaryDigits('0481', 12),
    disabilities: ['NONE'],
    languages: ['VIE'],
    accessNeeds: ['FEMALE_STAFF'],
    contact: {
      phone: canaryDigits('090', 10),
      methods: ['CALL'],
      safeTimes: canary('sau tám giờ '),
      mayLeaveMessage: false,
      codeWord: canary('mật hiệu '),
      address: canary('12 đường '),
      areaCode: '20263',
      currentLocation: canary('nhà mẹ ở '),
      shelterAddress: canary('ngõ '),
    },
  };
}

export function aPerpetrator(): Part {
  return {
    relationship: 'INTIMATE_PARTNER_CURRENT',
    sex: 'MALE',
    ageGroup: 'A26_40',
    livesWithSurvivor: 'YES',
    fullName: canary('Trần Văn '),
    phone: canaryDigits('091', 10),
    identityNumber: canaryDigits('0482', 12),
    occupationGroup: 'FARMER_FISHER',
    access: canary('có chìa khoá '),
    address: canary('34 đường '),
  };
}

function changed<T extends Part>(base: T, changes: Changes): T {
  const merged = Object.entries(changes).map(([section, change]) => [
    section,
    mergedPart((base as Part)[section], change),
  ]);
  return { ...base, ...(Object.fromEntries(merged) as Part) };
}

/** A section keeps what the change does not name; undefined removes. */
function mergedPart(part: unknown, change: unknown): unknown {
  const isSection = (value: unknown): value is Part =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isSection(part) || !isSection(change)) return change;
  return Object.fromEntries(
    Object.keys({ ...part, ...change }).map((key) => [
      key,
      key in change ? mergedPart(part[key], change[key]) : part[key],
    ]),
  );
}
