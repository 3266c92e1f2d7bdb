import type { DocumentDraft } from '../keys/index.ts';
import type { Child, Incident, Perpetrator, RecordingBasis, Report, Risk, Survivor } from './cases.contract.ts';

/** What a case holds in words, whatever compartments they come from. Absent: a compartment that was not opened. */
export type CaseContent = {
  facts: { kind: Incident['kind']; report: Report; children: Child[]; risk: Risk };
  basis: RecordingBasis;
  perpetrators: Perpetrator[];
  survivor: Survivor;
  incidents: { id: string; value: Incident }[];
};

export type RecordIds = { caseId: string; survivorId: string };

/**
 * One document per record and compartment. Narrative and clinical parts are written even when empty, and all
 * perpetrators lie in one document, so that the number and size of rows tell nothing.
 */
export function caseDrafts(ids: RecordIds, content: Omit<CaseContent, 'incidents' | 'survivor'>): DocumentDraft[] {
  const record = { recordKind: 'case', recordId: ids.caseId };
  return [
    { ...record, compartment: 'facts', content: content.facts },
    { ...record, compartment: 'legal', content: { basis: content.basis } },
    { ...record, compartment: 'perpetrator', content: { perpetrators: content.perpetrators } },
  ];
}

export function survivorDrafts(survivorId: string, survivor: Survivor): DocumentDraft[] {
  const { fullName, alias, bornOn, identityNumber, contact, ...facts } = survivor;
  const record = { recordKind: 'survivor', recordId: survivorId };
  return [
    { ...record, compartment: 'facts', content: withoutUndefined(facts) },
    { ...record, compartment: 'identity', content: withoutUndefined({ fullName, alias, bornOn, identityNumber }) },
    { ...record, compartment: 'contact', content: withoutUndefined(contact) },
  ];
}

export function incidentDrafts(incidentId: string, incident: Incident): DocumentDraft[] {
  const { narrative, health, ...facts } = incident;
  const record = { recordKind: 'incident', recordId: incidentId };
  return [
    { ...record, compartment: 'facts', content: withoutUndefined(facts) },
    { ...record, compartment: 'narrative', content: withoutUndefined({ narrative }) },
    { ...record, compartment: 'clinical', content: withoutUndefined(health) },
  ];
}

type Part = { recordKind: string; recordId: string; compartment: string; content: unknown };

/** Puts opened documents together again. */
export function caseContent(parts: readonly Part[]): CaseContent {
  const of = (kind: string, compartment: string): Record<string, unknown> =>
    (parts.find((part) => part.recordKind === kind && part.compartment === compartment)?.content ?? {}) as Record<
      string,
      unknown
    >;
  const incidentIds = [
    ...new Set(parts.filter((part) => part.recordKind === 'incident').map((part) => part.recordId)),
  ].toSorted();
  return {
    facts: of('case', 'facts') as CaseContent['facts'],
    basis: of('case', 'legal')['basis'] as RecordingBasis,
    perpetrators: (of('case', 'perpetrator')['perpetrators'] ?? []) as Perpetrator[],
    survivor: {
      ...of('survivor', 'facts'),
      ...of('survivor', 'identity'),
      contact: of('survivor', 'contact'),
    } as Survivor,
    incidents: incidentIds.map((id) => ({ id, value: incidentOf(parts.filter((part) => part.recordId === id)) })),
  };
}

/** Full names of the people of a case, as far as their parts were opened: survivor, perpetrators, representative. */
export function namesIn({
  survivor,
  perpetrators,
  basis,
}: Pick<CaseContent, 'survivor' | 'perpetrators'> & { basis: RecordingBasis | undefined }): (string | undefined)[] {
  return [survivor.fullName, ...perpetrators.map(({ fullName }) => fullName), basis?.representative?.fullName];
}

function incidentOf(parts: readonly Part[]): Incident {
  const of = (compartment: string): object =>
    (parts.find((part) => part.compartment === compartment)?.content ?? {}) as object;
  return { ...of('facts'), ...of('narrative'), health: of('clinical') } as Incident;
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T;
}
