import type { Words } from '../../locales/vi.ts';

export type FieldName = keyof Words['envelope']['field'];
export type PartName = keyof Words['envelope']['part'];
export type Answer = 'YES' | 'NO' | 'UNKNOWN';

/** What is needed to say a value in the language of the screen. */
export type Names = {
  code: (list: string, code: string) => string;
  service: (code: string) => string;
  area: (code: string) => string;
  part: (part: PartName) => string;
  answer: (answer: Answer) => string;
  years: (count: number) => string;
  /** A day as well as it is known: `2026`, `2026-11` or `2026-11-19`. */
  day: (iso: string) => string;
  trafficking: string;
};

/** One thing said: `label` is null where the field itself is the label. */
export type Fact = { label: string | null; text: string };

type PartKind = { list: string } | 'answer' | 'years' | 'area' | 'day' | 'text';

/** The parts of values that are made of several, in the order in which they are told. */
const parts: readonly (readonly [PartName, PartKind])[] = [
  ['on', 'day'],
  ['at', 'text'],
  ['timeOfDay', { list: 'time_of_day' }],
  ['areaCode', 'area'],
  ['placeType', { list: 'place_type' }],
  ['relationship', { list: 'relationship' }],
  ['relation', { list: 'child_relation' }],
  ['fullName', 'text'],
  ['sex', { list: 'sex' }],
  ['ageGroup', { list: 'perpetrator_age_group' }],
  ['ageYears', 'years'],
  ['birthYear', 'text'],
  ['identityNumber', 'text'],
  ['phone', 'text'],
  ['occupationGroup', { list: 'occupation_group' }],
  ['traffickerRole', { list: 'trafficker_role' }],
  ['livesWithSurvivor', 'answer'],
  ['isAtRisk', 'answer'],
  ['address', 'text'],
  ['level', { list: 'risk_level' }],
  ['redFlags', { list: 'red_flag' }],
  ['needs', { list: 'health_need' }],
  ['isPregnant', 'answer'],
  ['note', 'text'],
  ['languages', { list: 'language' }],
  ['accessNeeds', { list: 'access_need' }],
  ['disabilities', { list: 'disability' }],
  ['status', { list: 'trafficking_status' }],
  ['acts', { list: 'trafficking_act' }],
  ['means', { list: 'trafficking_means' }],
  ['purposes', { list: 'trafficking_purpose' }],
  ['controlMethods', { list: 'control_method' }],
  ['exploitationTypes', { list: 'exploitation_type' }],
  ['destination', 'text'],
];

/** Every code list that a value may speak of. */
export const factLists: readonly string[] = [
  'age_band',
  'contact_method',
  'gbv_type',
  ...parts.flatMap(([, kind]) => (typeof kind === 'object' ? [kind.list] : [])),
];

const whole: Readonly<Record<string, (value: string, names: Names) => string>> = {
  birth: (value, names) => (/^\d{4}/.test(value) ? names.day(value) : names.code('age_band', value)),
  sex: (value, names) => names.code('sex', value),
  violence_type: (value, names) => (value === 'TRAFFICKING' ? names.trafficking : names.code('gbv_type', value)),
  services_asked: (value, names) => names.service(value),
};

/**
 * A value of a case or an envelope as sentences: one group per person, incident or child. Nothing is invented for what
 * is missing. Where she can be reached is not for here (`safeContactOf`): it has rules of its own.
 */
export function factsOf(field: string, value: unknown, names: Names): Fact[][] {
  const values = Array.isArray(value) ? value : [value];
  return values.map((each) => groupOf(field, each, names)).filter((group) => group.length > 0);
}

function groupOf(field: string, value: unknown, names: Names): Fact[] {
  if (typeof value === 'string' || typeof value === 'number') {
    const text = String(value);
    return text === '' ? [] : [{ label: null, text: whole[field]?.(text, names) ?? text }];
  }
  if (typeof value !== 'object' || value === null) return [];
  const given = value as Readonly<Record<string, unknown>>;
  return parts.flatMap(([part, kind]) => {
    const text = textOf(given[part], kind, names);
    return text === '' ? [] : [{ label: names.part(part), text }];
  });
}

function textOf(value: unknown, kind: PartKind, names: Names): string {
  if (Array.isArray(value)) {
    return value
      .map((each) => textOf(each, kind, names))
      .filter((text) => text !== '')
      .join('; ');
  }
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  const text = String(value);
  if (typeof kind === 'object') return names.code(kind.list, text);
  return spoken[kind](text, names);
}

const spoken: Readonly<Record<Extract<PartKind, string>, (text: string, names: Names) => string>> = {
  answer: (text, names) => (text === 'YES' || text === 'NO' || text === 'UNKNOWN' ? names.answer(text) : ''),
  years: (text, names) => names.years(Number(text)),
  area: (text, names) => names.area(text),
  day: (text, names) => names.day(text),
  text: (text) => text,
};
