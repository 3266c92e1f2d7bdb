import type { Excluded } from '../safeguards/exclusions.ts';
import { emptyChild, emptyPerpetrator, type RegistrationValues } from './values.ts';

const nobody: Excluded = { staffId: '', name: '' };

/**
 * The values of a saved draft. A draft may be days old and come from an earlier version of the form: what it lacks, or
 * holds in another shape, is taken from a new registration.
 */
export function valuesFromDraft(
  content: Readonly<Record<string, unknown>>,
  empty: RegistrationValues,
): RegistrationValues {
  const entries = Object.entries(empty).map(([name, usual]: [string, unknown]) => [
    name,
    sameShape(content[name], usual),
  ]);
  const values = Object.fromEntries(entries) as RegistrationValues;
  // "Today" of the day it was saved is another day now.
  const isRelative = values.whenKnown === 'today' || values.whenKnown === 'yesterday';
  return {
    ...values,
    // Prefilled with one to begin with: none at all is kept as an empty list.
    perpetrators: 'perpetrators' in content ? rowsOf(content['perpetrators'], emptyPerpetrator) : empty.perpetrators,
    children: rowsOf(content['children'], emptyChild),
    exclusions: rowsOf(content['exclusions'], nobody),
    ...(isRelative ? { whenKnown: 'day' } : {}),
  };
}

/**
 * What a draft keeps: answers that are as empty as in a new registration are left out, for the sake of a weak line.
 * An answer that was prefilled and then emptied is kept as empty.
 */
export function draftOf(values: RegistrationValues, empty: RegistrationValues): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => !(isBlank(value) && isBlank(empty[name as keyof typeof empty]))),
  );
}

function isBlank(value: unknown): boolean {
  return value === '' || (Array.isArray(value) && value.length === 0);
}

function rowsOf<Row extends object>(saved: unknown, empty: Row): Row[] {
  if (!Array.isArray(saved)) return [];
  return saved.filter(isRecord).map((row) => sameShape(row, empty));
}

/** `saved` where it has the shape of `usual`, member by member; else `usual`. */
function sameShape<Value>(saved: unknown, usual: Value): Value {
  if (Array.isArray(usual)) return (isTexts(saved) ? saved : usual) as Value;
  if (isRecord(usual)) {
    if (!isRecord(saved)) return usual;
    return Object.fromEntries(
      Object.entries(usual).map(([name, value]) => [name, sameShape(saved[name], value)]),
    ) as Value;
  }
  return (typeof saved === typeof usual ? saved : usual) as Value;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
