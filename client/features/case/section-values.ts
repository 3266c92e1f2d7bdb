import type { CaseView, ChangeCaseBody } from '../../../server/cases/cases.contract.ts';
import type { FieldName, RegistrationValues } from '../register/values.ts';

/** What stands in the fields, the case it is about as it was looked at, and that case's version. */
export type SectionValues = RegistrationValues & { version: number; base: RegistrationValues };

/** One part of a case as the fields of the registration show it, and what of it is sent when it was changed. */
export type SectionMapping = {
  fieldsOf: (view: CaseView, today: string) => RegistrationValues;
  changeOf: (values: RegistrationValues, about: { view: CaseView; today: string }) => ChangeCaseBody;
  /** Fields that are one answer, such as the day and how well it is known: they stay or go together. */
  together?: readonly (readonly FieldName[])[];
};

type Mapped = Pick<SectionMapping, 'fieldsOf' | 'together'>;

export function valuesOfSection({ fieldsOf }: Mapped, view: CaseView, today: string): SectionValues {
  const base = fieldsOf(view, today);
  return { ...base, version: view.version, base };
}

/**
 * What was typed, carried over to a newer version of the case: an answer that the person changed stays as she typed it,
 * one that she left alone takes what somebody else has saved, or her saving would undo it.
 */
export function rebaseSection(
  { fieldsOf, together = [] }: Mapped,
  values: SectionValues,
  on: { view: CaseView; today: string },
): SectionValues {
  const now = fieldsOf(on.view, on.today);
  const isTouched = (name: FieldName): boolean => !isSame(values[name], values.base[name]);
  const names = Object.keys(now) as FieldName[];
  const untouched = names.filter(
    (name) => !(together.find((fields) => fields.includes(name)) ?? [name]).some((field) => isTouched(field)),
  );
  const taken = Object.fromEntries(untouched.map((name) => [name, now[name]])) as Partial<RegistrationValues>;
  return { ...values, ...taken, version: on.view.version, base: now };
}

/** What is not known stands as '' in a field. */
export function texts<Name extends string>(
  from: Partial<Record<Name, string | undefined>>,
  names: readonly Name[],
): Record<Name, string> {
  return Object.fromEntries(names.map((name) => [name, from[name] ?? ''])) as Record<Name, string>;
}

/** The same content, in whatever order the members stand; what is empty was not answered. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(ordered(one)) === JSON.stringify(ordered(other));
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined && member !== '');
  return Object.fromEntries(
    members.toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([name, member]) => [name, ordered(member)]),
  );
}
