import type { EventV1 } from './event.rules.ts';
import type { FhirAuditEvent, FhirBundle } from './fhir.contract.ts';
import { CLASS_WORDS, entryOf, isEventAction, type EventClass } from './vocabulary.ts';

type Agent = FhirAuditEvent['agent'][number];
type Entity = NonNullable<FhirAuditEvent['entity']>[number];
type Extension = FhirAuditEvent['extension'][number];
type Coding = FhirAuditEvent['type'];

const TERMINOLOGY = 'http://terminology.hl7.org/CodeSystem';
const REST: Coding = { system: `${TERMINOLOGY}/audit-event-type`, code: 'rest', display: 'RESTful Operation' };
const dicom = (code: string, display: string): Coding => ({
  ...{ system: 'http://dicom.nema.org/resources/ontology/DCM', code, display },
});
const SECURITY = dicom('110113', 'Security Alert');

/** FHIR R4, AuditEvent.type (value set audit-event-type) and AuditEvent.action of each of our classes. */
const KINDS: Readonly<Record<EventClass, { type: Coding; action: FhirAuditEvent['action'] }>> = {
  read: { type: REST, action: 'R' },
  list: { type: REST, action: 'R' },
  search: { type: REST, action: 'E' },
  export: { type: dicom('110106', 'Export'), action: 'R' },
  create: { type: REST, action: 'C' },
  change: { type: REST, action: 'U' },
  delete: { type: REST, action: 'D' },
  sign_in: { type: dicom('110114', 'User Authentication'), action: 'E' },
  key: { type: SECURITY, action: 'E' },
  policy: { type: SECURITY, action: 'U' },
  directory: { type: REST, action: 'E' },
  safeguard: { type: SECURITY, action: 'E' },
  audit: { type: dicom('110101', 'Audit Log Used'), action: 'R' },
  system: { type: dicom('110100', 'Application Activity'), action: 'E' },
};

/** AuditEvent.outcome: success, minor failure (refused by a rule), serious failure. */
const OUTCOMES = { done: '0', refused: '4', failed: '8' } as const;
/** Demonstration history is test data (v3 ActReason). */
const TEST_DATA = { system: `${TERMINOLOGY}/v3-ActReason`, code: 'HTEST', display: 'test health data' };
const SYSTEM_OBJECT = { system: `${TERMINOLOGY}/audit-entity-type`, code: '2', display: 'System Object' };
const OBJECT = { system: `${TERMINOLOGY}/object-role`, code: '4', display: 'Domain Resource' };
const PATIENT = { system: `${TERMINOLOGY}/object-role`, code: '1', display: 'Patient' };
const SERVER = { system: `${TERMINOLOGY}/security-source-type`, code: '4', display: 'Application Server' };
const URN = 'urn:hien';

/**
 * An event as FHIR R4 AuditEvent: nothing is lost and nothing added but words for codes. What FHIR has no element for
 * (session and its sequence number, reason, owner, request, count, version) stands in extensions `urn:hien:event-*`.
 */
export function fhirEventOf(event: EventV1): FhirAuditEvent {
  const eventClass = isEventAction(event.action) ? entryOf(event.action).class : 'system';
  const { type, action } = KINDS[eventClass];
  return {
    resourceType: 'AuditEvent',
    id: event.id,
    ...(event.demonstration === true ? { meta: { security: [TEST_DATA] } } : {}),
    extension: extensionsOf(event),
    type,
    subtype: [
      { system: `${URN}:event-action`, code: event.action },
      { system: `${URN}:event-class`, code: eventClass, display: CLASS_WORDS[eventClass].en },
    ],
    action,
    period: { start: event.time, end: event.time },
    recorded: event.recorded,
    outcome: OUTCOMES[event.outcome],
    ...(event.purpose === null ? {} : { purposeOfEvent: [conceptOf('purpose', event.purpose)] }),
    agent: agentsOf(event),
    source: { observer: { identifier: { system: `${URN}:system`, value: 'hien' } }, type: [SERVER] },
    ...entitiesOf(event),
  };
}

function extensionsOf({ v, request, reason, owner, count }: EventV1): Extension[] {
  return [
    { url: `${URN}:event-version`, valueUnsignedInt: v },
    { url: `${URN}:event-request`, valueUuid: `urn:uuid:${request}` },
    ...some(reason, (code) => ({ url: `${URN}:event-reason`, valueCode: code })),
    ...some(owner, (value) => ({ url: `${URN}:event-owner`, valueIdentifier: { system: `${URN}:agency`, value } })),
    ...some(count, (value) => ({ url: `${URN}:event-count`, valueUnsignedInt: value })),
  ];
}

function agentsOf({ actor, agency, roles, session, seq, policies }: EventV1): Agent[] {
  const extension: Extension[] = [
    ...some(session, (value) => ({ url: `${URN}:event-session`, valueString: value })),
    ...some(seq, (value) => ({ url: `${URN}:event-sequence`, valueUnsignedInt: value })),
  ];
  const who = actor === null ? {} : { who: { identifier: { system: systemOf(actor), value: actor } } };
  const person: Agent = {
    ...(extension.length === 0 ? {} : { extension }),
    ...(roles.length === 0 ? {} : { role: roles.map((role) => conceptOf('role', role)) }),
    ...who,
    requestor: true,
    ...(policies.length === 0 ? {} : { policy: policies.map((policy) => `${URN}:policy:${policy}`) }),
  };
  const office = some(agency, (value) => ({
    type: conceptOf('agent-type', 'agency'),
    who: { identifier: { system: `${URN}:agency`, value } },
    requestor: false,
  }));
  return [person, ...office];
}

function systemOf(actor: string): string {
  return actor.startsWith('system:') ? `${URN}:job` : `${URN}:staff`;
}

/** The object with what of it was seen, then each case: FHIR's place for whom the record is about. */
function entitiesOf({ objectKind, objectId, compartments, fields, cases }: EventV1): { entity?: Entity[] } {
  const detail = [
    ...compartments.map((valueString) => ({ type: 'compartment', valueString })),
    ...fields.map((valueString) => ({ type: 'field', valueString })),
  ];
  const what = some(objectKind, (kind) => ({
    identifier: { system: `${URN}:${kind}`, ...(objectId === null ? {} : { value: objectId }) },
  }));
  const isNamed = what.length > 0 || detail.length > 0;
  const object: Entity = {
    ...(what[0] === undefined ? {} : { what: what[0] }),
    type: SYSTEM_OBJECT,
    role: OBJECT,
    ...(detail.length === 0 ? {} : { detail }),
  };
  const touched = cases.map((value) => ({
    what: { identifier: { system: `${URN}:case`, value } },
    type: SYSTEM_OBJECT,
    role: PATIENT,
  }));
  const entity = [...(isNamed ? [object] : []), ...touched];
  return entity.length === 0 ? {} : { entity };
}

function conceptOf(system: string, code: string): { coding: Coding[] } {
  return { coding: [{ system: `${URN}:${system}`, code }] };
}

function some<T, R>(value: T | null, make: (value: T) => R): R[] {
  return value === null ? [] : [make(value)];
}

export type PageFacts = { self: string; next: string | null; archived: readonly string[] };

/** A page of a search as FHIR Bundle; `next` is where the rest is, `archived` names months that are no longer here. */
export function fhirBundleOf(events: readonly EventV1[], { self, next, archived }: PageFacts): FhirBundle {
  const found = events.map((event) => ({
    fullUrl: `urn:uuid:${event.id}`,
    resource: fhirEventOf(event),
    search: { mode: 'match' as const },
  }));
  const entry = [...found, ...(archived.length === 0 ? [] : [outcomeOf(archived)])];
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    link: [{ relation: 'self', url: self }, ...some(next, (url) => ({ relation: 'next' as const, url }))],
    ...(entry.length === 0 ? {} : { entry }),
  };
}

function outcomeOf(months: readonly string[]) {
  const issue = months.map((month) => ({
    severity: 'information' as const,
    code: 'incomplete' as const,
    details: {
      coding: [{ system: `${URN}:archived-month`, code: month }],
      text: `Nhật ký tháng ${month} đã được lưu trữ. / The log of ${month} is in the archive.`,
    },
  }));
  return {
    resource: { resourceType: 'OperationOutcome' as const, issue },
    search: { mode: 'outcome' as const },
  };
}
