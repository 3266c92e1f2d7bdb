import type { CaseView, ChangeCaseBody, Incident } from '../../../server/cases/cases.contract.ts';
import { partsOf } from '../../ui/date-parts.ts';
import { incidentOf, reportOf } from '../register/body-incident.ts';
import { emptyValues } from '../register/empty-values.ts';
import type { RegistrationValues } from '../register/values.ts';
import { incidentFacts, isAnswered, reportFacts, type FactLabel } from './facts.ts';
import { isSame, texts, type SectionMapping } from './section-values.ts';

/** What happened, when and where, and how it came to be known: the answers of one incident and the report. */
export function incidentMapping(incidentId: string): SectionMapping {
  return {
    fieldsOf: (view, today) => fieldsOf(view, incidentId, today),
    changeOf: (values, { view, today }) => incidentChange(values, { view, incidentId, today }),
    together: [['whenKnown', 'occurredOn', 'occurredMonth', 'occurredYear']],
  };
}

/** The questions whose answers differ between two versions of a case, for saying what was saved. */
export function changedAnswers(before: CaseView, after: CaseView, incidentId: string): FactLabel[] {
  const [old, now] = [before, after].map((view) => [
    ...view.incidents.flatMap(({ id, value }) => (id === incidentId ? incidentFacts(value) : [])),
    ...reportFacts(view.report),
  ]);
  const labels = [...(old ?? []), ...(now ?? [])].map(({ label }) => label);
  const answer = (facts: typeof now, asked: FactLabel) =>
    facts?.find((fact) => fact.label === asked && isAnswered(fact));
  return [...new Set(labels)].filter((label) => !isSame(answer(old, label), answer(now, label)));
}

type About = { view: CaseView; incidentId: string; today: string };

function incidentChange(values: RegistrationValues, { view, incidentId, today }: About): ChangeCaseBody {
  const stored = incidentIn(view, incidentId);
  const typed = incidentOf(values, today);
  const report = reportOf(values, today);
  const note = stored?.health.note;
  // No field shows the note on her health: it stays as it is stored.
  const value = { ...typed, health: { ...typed.health, ...(note === undefined ? {} : { note }) } };
  return {
    ...(isSame(value, stored) ? {} : { incident: { id: incidentId, value } }),
    ...(isSame(report, view.report) ? {} : { report }),
  };
}

function fieldsOf(view: CaseView, incidentId: string, today: string): RegistrationValues {
  const { receivedOn, channel, addressType } = view.report;
  const stored = incidentIn(view, incidentId);
  return {
    ...emptyValues({ today, agency: { sectors: [], areaCode: '' } }),
    ...(stored === undefined ? {} : incidentFields(stored)),
    ...{ receivedOn: partsOf(receivedOn), channel, addressType },
  };
}

function incidentFields(stored: Incident): Partial<RegistrationValues> {
  const { occurred, place, health } = stored;
  return {
    ...(stored.kind === 'violence' ? violenceFields(stored) : traffickingFields(stored)),
    ...dayFields(occurred.on),
    ...{ clockTime: occurred.at ?? '', timeOfDay: occurred.timeOfDay },
    ...{ areaCode: place.areaCode, placeType: place.placeType },
    ...{ healthNeeds: health.needs, isPregnant: health.isPregnant },
    ...texts(stored, ['narrative']),
  };
}

function violenceFields(stored: Extract<Incident, { kind: 'violence' }>): Partial<RegistrationValues> {
  const { kind, gbvType, lawActs } = stored;
  return { kind, gbvType, lawActs, ...texts(stored, ['harmfulPractice', 'goodsExchanged', 'abduction']) };
}

function traffickingFields(stored: Extract<Incident, { kind: 'trafficking' }>): Partial<RegistrationValues> {
  const { kind, acts, means, purposes, status, controlMethods, exploitationTypes, recruitmentApps } = stored;
  return {
    ...{ kind, acts, means, purposes, status, controlMethods, exploitationTypes, recruitmentApps },
    ...texts(stored, ['recruitmentMethod', 'destination']),
  };
}

/** `2026-03-27`, or as much of it as is known. */
function dayFields(on: string): Partial<RegistrationValues> {
  const [occurredYear = '', occurredMonth = '', day] = on.split('-');
  return day === undefined
    ? { whenKnown: 'part', occurredMonth, occurredYear }
    : { whenKnown: 'day', occurredOn: partsOf(on) };
}

function incidentIn(view: CaseView, incidentId: string): Incident | undefined {
  return view.incidents.find(({ id }) => id === incidentId)?.value;
}
