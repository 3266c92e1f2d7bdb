import type { EventV1 } from '../../server/audit/event.rules.ts';

type Json = Record<string, unknown>;
/** An element as HL7's StructureDefinition has it: how many, of what type, bound to which codes. */
type Element = { min: 0 | 1; max: 1 | '*'; is: Check };
type Check = (value: unknown, path: string) => string[];
type Definition = Readonly<Record<string, Element>>;

const one = (is: Check): Element => ({ min: 1, max: 1, is });
const maybe = (is: Check): Element => ({ min: 0, max: 1, is });
const some = (is: Check): Element => ({ min: 1, max: '*', is });
const any = (is: Check): Element => ({ min: 0, max: '*', is });

const matching =
  (pattern: RegExp): Check =>
  (value, path) =>
    typeof value === 'string' && pattern.test(value) ? [] : [`${path}: ${JSON.stringify(value)}`];
// The regular expressions of FHIR R4, datatypes.
const id = matching(/^[A-Za-z0-9\-.]{1,64}$/);
const uri = matching(/^\S+$/);
const uuid = matching(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
const code = matching(/^[^\s]+(\s[^\s]+)*$/);
const text = matching(/^[\s\S]+$/);
const instant = matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
const boolean: Check = (value, path) => (typeof value === 'boolean' ? [] : [path]);
const unsigned: Check = (value, path) =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 31 ? [] : [path];
const oneOf = (...codes: string[]): Check => matching(new RegExp(`^(?:${codes.join('|')})$`));

function object(definition: Definition): Check {
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path}: no object`];
    const given = value as Json;
    if (Object.keys(given).length === 0) return [`${path}: empty`];
    const unknown = Object.keys(given).filter((name) => definition[name] === undefined);
    const faults = Object.entries(definition).flatMap(([name, element]) =>
      within(element, given[name], `${path}.${name}`),
    );
    return [...unknown.map((name) => `${path}.${name}: not in R4`), ...faults];
  };
}

function within({ min, max, is }: Element, value: unknown, path: string): string[] {
  if (value === undefined) return min === 1 ? [`${path}: missing`] : [];
  if (max === 1) return is(value, path);
  if (!Array.isArray(value) || value.length === 0) return [`${path}: an array of at least one`];
  return value.flatMap((item, index) => is(item, `${path}[${index}]`));
}

const coding = object({ system: maybe(uri), version: maybe(text), code: maybe(code), display: maybe(text) });
const concept = object({ coding: any(coding), text: maybe(text) });
const identifier = object({ system: maybe(uri), value: maybe(text) });
const reference = object({
  reference: maybe(text),
  type: maybe(uri),
  identifier: maybe(identifier),
  display: maybe(text),
});
const extension = object({
  url: one(uri),
  valueString: maybe(text),
  valueCode: maybe(code),
  valueUnsignedInt: maybe(unsigned),
  valueUuid: maybe(uuid),
  valueIdentifier: maybe(identifier),
});
const extensions = any(extension);

/** HL7 FHIR R4 (4.0.1), StructureDefinition/AuditEvent: every element, the required bindings as closed sets of codes. */
const auditEvent = object({
  resourceType: one(oneOf('AuditEvent')),
  id: maybe(id),
  meta: maybe(object({ security: any(coding), tag: any(coding), profile: any(uri) })),
  extension: extensions,
  type: one(coding),
  subtype: any(coding),
  action: maybe(oneOf('C', 'R', 'U', 'D', 'E')),
  period: maybe(object({ start: maybe(instant), end: maybe(instant) })),
  recorded: one(instant),
  outcome: maybe(oneOf('0', '4', '8', '12')),
  outcomeDesc: maybe(text),
  purposeOfEvent: any(concept),
  agent: some(
    object({
      extension: extensions,
      type: maybe(concept),
      role: any(concept),
      who: maybe(reference),
      altId: maybe(text),
      name: maybe(text),
      requestor: one(boolean),
      location: maybe(reference),
      policy: any(uri),
      media: maybe(coding),
      network: maybe(object({ address: maybe(text), type: maybe(oneOf('1', '2', '3', '4', '5')) })),
      purposeOfUse: any(concept),
    }),
  ),
  source: one(object({ extension: extensions, site: maybe(text), observer: one(reference), type: any(coding) })),
  entity: any(
    object({
      extension: extensions,
      what: maybe(reference),
      type: maybe(coding),
      role: maybe(coding),
      lifecycle: maybe(coding),
      securityLabel: any(coding),
      name: maybe(text),
      description: maybe(text),
      query: maybe(text),
      detail: any(object({ type: one(text), valueString: one(text) })),
    }),
  ),
});

const bundle = object({
  resourceType: one(oneOf('Bundle')),
  id: maybe(id),
  type: one(oneOf('searchset')),
  total: maybe(unsigned),
  link: any(object({ relation: one(text), url: one(uri) })),
  entry: any(
    object({
      fullUrl: maybe(uri),
      resource: maybe(auditEvent),
      search: maybe(object({ mode: maybe(oneOf('match', 'include', 'outcome')) })),
    }),
  ),
});

/** What is not as R4 defines it, as paths; nothing where all is well. */
export function faultsInBundle(value: unknown): string[] {
  return bundle(value, 'Bundle');
}

type Coded = { system?: string; code: string };
type Named = { identifier: { system: string; value?: string } };
type Resource = {
  id: string;
  meta?: { security: Coded[] };
  extension: (Json & { url: string })[];
  subtype: Coded[];
  period: { start: string };
  recorded: string;
  outcome: string;
  purposeOfEvent?: { coding: Coded[] }[];
  agent: {
    who?: Named;
    requestor: boolean;
    role?: { coding: Coded[] }[];
    policy?: string[];
    extension?: (Json & { url: string })[];
  }[];
  entity?: { what?: Named; role: Coded; detail?: { type: string; valueString: string }[] }[];
};

type Extensions = (Json & { url: string })[];

function extra<T>(from: Extensions | undefined, name: string, key: string): T | null {
  return ((from ?? []).find((each) => each.url === `urn:hien:event-${name}`)?.[key] ?? null) as T | null;
}

function codeOf(concept: { coding: Coded[] } | undefined): string | null {
  return concept?.coding[0]?.code ?? null;
}

type Who = Pick<EventV1, 'actor' | 'agency' | 'roles' | 'session' | 'seq' | 'policies'>;

const NO_AGENT: Resource['agent'][number] = { requestor: false };

function whoIn({ agent: [person = NO_AGENT, office = NO_AGENT] }: Resource): Who {
  const { role = [], policy = [], extension } = person;
  return {
    actor: valueOf(person.who),
    agency: valueOf(office.who),
    roles: role.map((each) => codeOf(each) ?? ''),
    session: extra(extension, 'session', 'valueString'),
    seq: extra(extension, 'sequence', 'valueUnsignedInt'),
    policies: policy.map((each) => each.replace('urn:hien:policy:', '')),
  };
}

function valueOf(named: Named | undefined): string | null {
  return named?.identifier.value ?? null;
}

type What = Pick<EventV1, 'objectKind' | 'objectId' | 'cases' | 'compartments' | 'fields'>;

function whatIn({ entity = [] }: Resource): What {
  const object = entity.find(({ role }) => role.code === '4');
  const inside = (type: string): string[] =>
    (object?.detail ?? []).filter((detail) => detail.type === type).map((detail) => detail.valueString);
  return {
    objectKind: object?.what?.identifier.system.replace('urn:hien:', '') ?? null,
    objectId: object?.what?.identifier.value ?? null,
    cases: entity.filter(({ role }) => role.code === '1').map(({ what }) => what?.identifier.value ?? ''),
    compartments: inside('compartment'),
    fields: inside('field'),
  };
}

const OUTCOMES: Readonly<Record<string, EventV1['outcome']>> = { '0': 'done', '4': 'refused', '8': 'failed' };

/** Our event out of a FHIR AuditEvent, by a hand that does not know how it went in. */
export function eventFromFhir(resource: Resource): EventV1 {
  const { extension, id: eventId, period, recorded, subtype, meta, outcome, purposeOfEvent } = resource;
  const isTest = meta?.security.some((each) => each.code === 'HTEST') === true;
  const owner = extra<{ value: string }>(extension, 'owner', 'valueIdentifier');
  const action = subtype.find((each) => each.system === 'urn:hien:event-action');
  return {
    v: extra<1>(extension, 'version', 'valueUnsignedInt') as 1,
    id: eventId,
    time: period.start,
    recorded,
    ...(isTest ? { demonstration: true as const } : {}),
    owner: owner === null ? null : owner.value,
    action: String(action?.code),
    purpose: codeOf(purposeOfEvent?.[0]),
    reason: extra(extension, 'reason', 'valueCode'),
    outcome: OUTCOMES[outcome] ?? 'failed',
    request: String(extra(extension, 'request', 'valueUuid')).replace('urn:uuid:', ''),
    count: extra(extension, 'count', 'valueUnsignedInt'),
    ...whoIn(resource),
    ...whatIn(resource),
  };
}
