import type { FieldFault } from '../kernel/errors.ts';
import { normaliseIdentityNumber, normalisePhone } from '../kernel/folding.ts';
import { ageBandOf, isMinorBand } from './age.rules.ts';
import type {
  ChangeCaseBody,
  Incident,
  Perpetrator,
  RecordingBasis,
  RegisterCaseBody,
  Report,
  Survivor,
} from './cases.contract.ts';

/** What a contract cannot know: the calendar's today, and which answers need which others. `day` is today. */
export function registrationFaults(body: RegisterCaseBody, day: string): FieldFault[] {
  return [
    ...basisFaults(body.basis, body.survivor, day),
    ...numberFaults(body.basis.representative ?? {}, 'basis.representative'),
    ...reportFaults(body.report, day),
    ...sectionFaults(body, day),
    ...incidentFaults(body.incident, { path: 'incident', day, survivor: body.survivor }),
  ];
}

/** The same checks for the sections of a change. */
export function changeFaults(body: ChangeCaseBody, survivor: Survivor, day: string): FieldFault[] {
  const { incident, report } = body;
  return [
    ...(report === undefined ? [] : reportFaults(report, day)),
    ...sectionFaults(body, day),
    ...(incident === undefined
      ? []
      : incidentFaults(incident.value, { path: 'incident.value', day, survivor: body.survivor ?? survivor })),
  ];
}

function reportFaults({ receivedOn }: Report, day: string): FieldFault[] {
  return receivedOn > day ? [fault('report.receivedOn', 'DATE_IN_FUTURE')] : [];
}

type Sections = { survivor?: Survivor | undefined; perpetrators?: readonly Perpetrator[] | undefined };

function sectionFaults({ survivor, perpetrators = [] }: Sections, day: string): FieldFault[] {
  return [
    ...(survivor === undefined ? [] : survivorFaults(survivor, day)),
    ...perpetrators.flatMap((perpetrator, index) => numberFaults(perpetrator, `perpetrators.${index}`)),
  ];
}

function survivorFaults(survivor: Survivor, day: string): FieldFault[] {
  const born = survivor.bornOn;
  return [
    ...(born !== undefined && born > day.slice(0, born.length) ? [fault('survivor.bornOn', 'DATE_IN_FUTURE')] : []),
    ...numberFaults({ identityNumber: survivor.identityNumber }, 'survivor'),
    ...numberFaults({ phone: survivor.contact.phone }, 'survivor.contact'),
  ];
}

function numberFaults(
  numbers: { phone?: string | undefined; identityNumber?: string | undefined },
  path: string,
): FieldFault[] {
  const { phone, identityNumber } = numbers;
  return [
    ...(phone && normalisePhone(phone) === null ? [fault(`${path}.phone`, 'NOT_A_PHONE')] : []),
    ...(identityNumber && normaliseIdentityNumber(identityNumber) === null
      ? [fault(`${path}.identityNumber`, 'NOT_AN_IDENTITY_NUMBER')]
      : []),
  ];
}

type IncidentContext = { path: string; day: string; survivor: Survivor };

function incidentFaults(incident: Incident, { path, day, survivor }: IncidentContext): FieldFault[] {
  const { on } = incident.occurred;
  const isFuture = on > day.slice(0, on.length);
  const isUnexplained =
    incident.kind === 'trafficking' && incident.means.length === 0 && !isMinorBand(ageBandOf(survivor, day));
  return [
    ...(isFuture ? [fault(`${path}.occurred.on`, 'DATE_IN_FUTURE')] : []),
    // Means belong to the definition for adults only (ATL Art. 2(1); Palermo Art. 3(c)).
    ...(isUnexplained ? [fault(`${path}.means`, 'REQUIRED')] : []),
  ];
}

/** Consent needs its evidence; recording without consent needs the reason, or for a child or incapacity who represents them. */
function basisFaults(basis: RecordingBasis, survivor: Survivor, day: string): FieldFault[] {
  const missing = (fields: readonly (keyof RecordingBasis)[]): FieldFault[] =>
    fields.flatMap((field) =>
      basis[field] === undefined || basis[field] === '' ? [fault(`basis.${field}`, 'REQUIRED')] : [],
    );
  const future =
    basis.explainedOn !== undefined && basis.explainedOn > day ? [fault('basis.explainedOn', 'DATE_IN_FUTURE')] : [];
  if (basis.code === 'CONSENT') return [...missing(['consenter', 'evidence', 'language', 'explainedOn']), ...future];
  const isOfChild = basis.code === 'CHILD_DUTY';
  const isGrownUp = isOfChild && !isMinorBand(ageBandOf(survivor, day));
  return [...missing(['reason']), ...(isGrownUp ? [fault('basis.code', 'INVALID')] : []), ...future];
}

function fault(path: string, code: FieldFault['code']): FieldFault {
  return { path, code };
}
