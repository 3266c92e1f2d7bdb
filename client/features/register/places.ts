import type { FieldError } from '../../app/api/problem.ts';
import type { FieldName, RegistrationValues } from './values.ts';

/** The pages on which the questions stand; everything not named here is on page 4. */
const pageOne: readonly FieldName[] = [
  'grounds',
  'consenter',
  'language',
  'explainedOn',
  'isReportUseAgreed',
  'reason',
  'representativeRelation',
  'representativeName',
  'isRepresentativeAccused',
  'exclusions',
  'redFlags',
  'riskLevel',
];
const pageTwo: readonly FieldName[] = [
  'kind',
  'gbvType',
  'lawActs',
  'harmfulPractice',
  'goodsExchanged',
  'abduction',
  'acts',
  'means',
  'purposes',
  'status',
  'controlMethods',
  'exploitationTypes',
  'recruitmentMethod',
  'recruitmentApps',
  'destination',
  'whenKnown',
  'occurredOn',
  'occurredMonth',
  'occurredYear',
  'clockTime',
  'timeOfDay',
  'areaCode',
  'placeType',
  'receivedOn',
  'channel',
  'addressType',
];
const pageThree: readonly FieldName[] = [
  'ageBand',
  'bornDay',
  'bornMonth',
  'bornYear',
  'sex',
  'ethnicityGroup',
  'maritalStatus',
  'disabilities',
  'languages',
  'accessNeeds',
  'methods',
  'phone',
  'safeTimes',
  'mayLeaveMessage',
  'codeWord',
  'fullName',
  'alias',
  'identityNumber',
  'address',
  'currentLocation',
  'shelterAddress',
];
const pageByField: ReadonlyMap<string, number> = new Map(
  [pageOne, pageTwo, pageThree].flatMap((fields, index) => fields.map((field) => [field, index + 1] as const)),
);

/** Where the parts of the body stand in the form when they have another name there. Longest path first. */
const fieldByPath: readonly (readonly [path: string, field: FieldName])[] = [
  ['basis.representative.isAllegedPerpetrator', 'isRepresentativeAccused'],
  ['basis.representative.fullName', 'representativeName'],
  ['basis.representative', 'representativeRelation'],
  ['basis.evidence', 'grounds'],
  ['basis.code', 'grounds'],
  ['risk.level', 'riskLevel'],
  ['incident.occurred.on', 'occurredOn'],
  ['incident.occurred.at', 'clockTime'],
  ['incident.health.needs', 'healthNeeds'],
  ['incident.kind', 'kind'],
  ['survivor.bornOn', 'bornYear'],
];

export function pageOfField(field: string): number {
  return pageByField.get(field.split('.')[0] ?? '') ?? 4;
}

/** The field of the form that a path of the refused body means; undefined when no field of ours does. */
export function fieldOfPath(sent: string): string | undefined {
  // A change says which incident it is about.
  const path = sent.replace(/^incident\.value\./, 'incident.');
  if (/^(perpetrators|children)\.\d+\./.test(path)) return path;
  const renamed = fieldByPath.find(([start]) => path === start || path.startsWith(`${start}.`));
  if (renamed) return renamed[1];
  // The rest keeps its own name: `survivor.contact.phone` is `phone`, `survivor.disabilities.0` is `disabilities`.
  const parts = path.split('.').filter((part) => !/^\d+$/.test(part));
  const own = parts.findLast((part) => pageByField.has(part) || fieldsOfPageFour.has(part));
  return own;
}

const fieldsOfPageFour: ReadonlySet<string> = new Set(['perpetrators', 'children', 'isPregnant', 'narrative']);

/** The day has fields of its own where only its month or year is known. */
export function whereShown(
  messages: Readonly<Record<string, string>>,
  { whenKnown }: Pick<RegistrationValues, 'whenKnown'>,
): Record<string, string> {
  const { occurredOn, ...others } = messages;
  return occurredOn !== undefined && whenKnown === 'part' ? { ...others, occurredYear: occurredOn } : { ...messages };
}

export type Placed = {
  /** The server's words by field name. */
  messages: Record<string, string>;
  /** Those that belong to no field, once each. */
  general: string[];
  /** The first page that has something to mend. */
  page: number | undefined;
};

/** Brings the refusals of a sent registration back to the pages and fields they came from. */
export function placeErrors(errors: readonly FieldError[]): Placed {
  const messages: Record<string, string> = {};
  const general = new Set<string>();
  for (const { field: path, message } of errors) {
    const field = fieldOfPath(path);
    if (field === undefined) general.add(message);
    else messages[field] ??= message;
  }
  const pages = Object.keys(messages).map(pageOfField);
  return { messages, general: [...general], page: pages.length > 0 ? Math.min(...pages) : undefined };
}
