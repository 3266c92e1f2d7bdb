import type { CaseContent } from '../cases/index.ts';
import type { EnvelopeField } from './referrals.contract.ts';

export type EnvelopeSource = { caseCode: string; content: CaseContent; ageBand: string; service: string };

/** Whether she is in danger now: the condition of some cells of the matrix ("current location: if danger"). */
export function isInDanger(content: CaseContent): boolean {
  return content.facts.risk.level === 'EMERGENCY' || content.facts.risk.redFlags.includes('LIFE_THREAT_NOW');
}

/**
 * The values that go, exactly as they will be read: derived where the matrix says so (an age band instead of a birth
 * date). A field whose value the case does not hold is left out, so nothing says that it is empty.
 */
export function envelopeFields(
  source: EnvelopeSource,
  chosen: readonly { field: string; form: string | null }[],
): EnvelopeField[] {
  return chosen.flatMap(({ field, form }) => {
    const value = VALUES[field]?.(source, form);
    return value === undefined || value === null || value === '' ? [] : [{ field, form, value: plain(value) }];
  });
}

type Derive = (source: EnvelopeSource, form: string | null) => unknown;

const VALUES: Readonly<Record<string, Derive>> = {
  case_code: ({ caseCode }) => caseCode,
  name: ({ content }, form) => (form === 'alias' ? content.survivor.alias : content.survivor.fullName),
  birth: ({ content, ageBand }, form) => (form === 'date' ? (content.survivor.bornOn ?? ageBand) : ageBand),
  sex: ({ content }) => content.survivor.sex,
  id_number: ({ content }) => content.survivor.identityNumber,
  safe_contact: ({ content }) => safeContact(content),
  current_location: ({ content }) => content.survivor.contact.currentLocation ?? content.survivor.contact.address,
  violence_type: ({ content }) =>
    content.incidents.map(({ value }) => (value.kind === 'violence' ? value.gbvType : 'TRAFFICKING')),
  incident_time: ({ content }) =>
    content.incidents.map(({ value }) => ({
      ...value.occurred,
      areaCode: value.place.areaCode,
      placeType: value.place.placeType,
    })),
  narrative: ({ content }, form) => narrative(content, form),
  health_needs: ({ content }, form) => healthNeeds(content, form),
  perpetrator_identity: ({ content }, form) => perpetrators(content, form),
  perpetrator_access: ({ content }) => filled(content.perpetrators.map((each) => each.access)),
  risk: ({ content }, form) => (form === 'level' ? { level: content.facts.risk.level } : content.facts.risk),
  // Which of them is the school's own nobody here can tell; so none goes.
  children: ({ content }, form) =>
    form === 'own_child' || content.facts.children.length === 0 ? null : content.facts.children,
  language_access: ({ content }) => ({
    languages: content.survivor.languages,
    accessNeeds: content.survivor.accessNeeds,
    disabilities: content.survivor.disabilities,
  }),
  trafficking: ({ content }, form) => trafficking(content, form),
  services_asked: ({ service }) => [service],
};

/** Full names in an envelope that was opened: hers unless her alias went for it, and those of the perpetrators. */
export function namesIn(envelope: { fields: readonly EnvelopeField[] } | null): string[] {
  return (envelope?.fields ?? []).flatMap(({ field, form, value }) => {
    if (field === 'name' && form !== 'alias') return [String(value)];
    if (field !== 'perpetrator_identity') return [];
    return (value as { fullName?: string }[]).flatMap(({ fullName }) => (fullName === undefined ? [] : [fullName]));
  });
}

const SHORT_NARRATIVE = 200;

function safeContact({ survivor }: CaseContent): unknown {
  const { phone, methods, safeTimes, mayLeaveMessage, codeWord } = survivor.contact;
  return { phone, methods, safeTimes, mayLeaveMessage, codeWord };
}

function narrative({ incidents }: CaseContent, form: string | null): unknown {
  const words = filled(incidents.map(({ value }) => value.narrative));
  if (words === null) return null;
  const whole = words.join('\n\n');
  return form === 'short' && whole.length > SHORT_NARRATIVE ? `${whole.slice(0, SHORT_NARRATIVE)}…` : whole;
}

function healthNeeds({ incidents }: CaseContent, form: string | null): unknown {
  const needs = incidents.map(({ value }) => value.health);
  if (form === 'needs') return { needs: [...new Set(needs.flatMap((health) => health.needs))] };
  return {
    needs: [...new Set(needs.flatMap((health) => health.needs))],
    isPregnant: needs.at(-1)?.isPregnant,
    note: filled(needs.map((health) => health.note))?.join('\n'),
  };
}

function perpetrators({ perpetrators: people }: CaseContent, form: string | null): unknown {
  if (people.length === 0) return null;
  // For safety: how to recognise the danger, not who he is.
  if (form === 'safety')
    return people.map(({ relationship, sex, ageGroup, livesWithSurvivor, fullName }) => ({
      relationship,
      sex,
      ageGroup,
      livesWithSurvivor,
      fullName,
    }));
  return people.map(({ id: _id, access: _access, ...who }) => who);
}

function trafficking({ incidents }: CaseContent, form: string | null): unknown {
  const found = incidents.flatMap(({ value }) => (value.kind === 'trafficking' ? [value] : []));
  if (found.length === 0) return null;
  if (form === 'status') return found.map(({ status }) => ({ status }));
  return found.map(({ status, acts, means, purposes, controlMethods, exploitationTypes, destination }) => ({
    status,
    acts,
    means,
    purposes,
    controlMethods,
    exploitationTypes,
    destination,
  }));
}

function filled(texts: readonly (string | undefined)[]): string[] | null {
  const words = texts.filter((text) => text !== undefined && text !== '');
  return words.length === 0 ? null : (words as string[]);
}

/** Drops what is undefined, so that the sealed JSON holds facts only. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}
