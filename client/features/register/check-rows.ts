import type { Codes } from '../directory/codes.ts';
import { isConsent } from './grounds.ts';
import type { FieldName, RegistrationValues } from './values.ts';

type CodeField = { field: FieldName; list: string };

/** Questions that are answered with codes, in the order in which they are asked, with the list of each. */
const codeFields = {
  1: [
    { field: 'consenter', list: 'consenter' },
    { field: 'language', list: 'language' },
    { field: 'representativeRelation', list: 'representative_relation' },
    { field: 'redFlags', list: 'red_flag' },
  ],
  2: [
    { field: 'gbvType', list: 'gbv_type' },
    { field: 'lawActs', list: 'law_act' },
    { field: 'goodsExchanged', list: 'goods_exchanged' },
    { field: 'abduction', list: 'abduction_type' },
    { field: 'harmfulPractice', list: 'harmful_practice' },
    { field: 'acts', list: 'trafficking_act' },
    { field: 'means', list: 'trafficking_means' },
    { field: 'purposes', list: 'trafficking_purpose' },
    { field: 'status', list: 'trafficking_status' },
    { field: 'controlMethods', list: 'control_method' },
    { field: 'exploitationTypes', list: 'exploitation_type' },
    { field: 'recruitmentMethod', list: 'recruitment_method' },
    { field: 'recruitmentApps', list: 'recruitment_app' },
    { field: 'timeOfDay', list: 'time_of_day' },
    { field: 'placeType', list: 'place_type' },
    { field: 'channel', list: 'report_channel' },
    { field: 'addressType', list: 'report_address_type' },
  ],
  3: [
    { field: 'ageBand', list: 'age_band' },
    { field: 'sex', list: 'sex' },
    { field: 'disabilities', list: 'disability' },
    { field: 'ethnicityGroup', list: 'ethnicity_group' },
    { field: 'languages', list: 'language' },
    { field: 'accessNeeds', list: 'access_need' },
    { field: 'maritalStatus', list: 'marital_status' },
  ],
  4: [{ field: 'healthNeeds', list: 'health_need' }],
} as const satisfies Readonly<Record<number, readonly CodeField[]>>;

export type ThemeNumber = keyof typeof codeFields;
export type CodeFieldName = (typeof codeFields)[ThemeNumber][number]['field'];
export type CodeAnswer = { field: CodeFieldName; value: string };

const violenceOnly = new Set<FieldName>(['gbvType', 'lawActs', 'goodsExchanged', 'abduction', 'harmfulPractice']);
const traffickingOnly = new Set<FieldName>([
  'acts',
  'means',
  'purposes',
  'status',
  'controlMethods',
  'exploitationTypes',
  'recruitmentMethod',
  'recruitmentApps',
]);
const consentOnly = new Set<FieldName>(['consenter', 'language']);

/** The coded answers of one page in words; what was not asked or not answered is left out. */
export function codeAnswers(page: ThemeNumber, values: RegistrationValues, codes: Codes): CodeAnswer[] {
  return codeFields[page].flatMap(({ field, list }) => {
    const value = isAsked(field, values) ? values[field] : '';
    const words = typeof value === 'string' ? codes.name(list, value) : codes.names(list, value);
    return words === '' ? [] : [{ field, value: words }];
  });
}

/** The lists that the check needs, and no more. */
export function checkListsFor(values: RegistrationValues): string[] {
  const coded = Object.values(codeFields)
    .flat()
    .filter(({ field }) => values[field].length > 0 && isAsked(field, values))
    .map(({ list }) => list);
  const rows = [
    ...(values.perpetrators.length > 0 ? ['relationship', 'sex', 'perpetrator_age_group'] : []),
    ...(values.perpetrators.some(({ occupationGroup }) => occupationGroup) ? ['occupation_group'] : []),
    ...(values.perpetrators.some(({ traffickerRole }) => traffickerRole) ? ['trafficker_role'] : []),
    ...(values.children.length > 0 ? ['child_relation', 'sex'] : []),
    ...(values.methods.length > 0 ? ['contact_method'] : []),
  ];
  return [...new Set([...coded, ...rows, 'recording_basis', 'consent_evidence', 'risk_level'])];
}

function isAsked(field: FieldName, { kind, grounds }: RegistrationValues): boolean {
  if (violenceOnly.has(field)) return kind !== 'trafficking';
  if (traffickingOnly.has(field)) return kind === 'trafficking';
  return !consentOnly.has(field) || isConsent(grounds);
}
