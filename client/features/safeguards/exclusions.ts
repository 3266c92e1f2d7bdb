import type { ConflictsView } from '../../../server/safeguards/safeguards.contract.ts';

/** Somebody who must not see a case; the name is kept beside the id, so that it can be read without a look-up. */
export type Excluded = { staffId: string; name: string };

/** The server takes no more. */
export const mostExcluded = 20;

/** Who is chosen among `offered`, by id; the rest of `chosen` comes from elsewhere and stays as it is. */
export function chosenAmong(chosen: readonly Excluded[], offered: readonly Excluded[]): string[] {
  return offered.filter(({ staffId }) => isChosen(chosen, staffId)).map(({ staffId }) => staffId);
}

/** `chosen` after the ticks among `offered` were set to `ids`. */
export function chooseAmong(
  chosen: readonly Excluded[],
  offered: readonly Excluded[],
  ids: readonly string[],
): Excluded[] {
  const kept = chosen.filter(({ staffId }) => !isChosen(offered, staffId));
  const isOn = (person: Excluded): boolean => ids.includes(person.staffId);
  return [...kept, ...offered.filter(isOn)];
}

/** Who is chosen but stands in none of the lists in sight. */
export function chosenElsewhere(chosen: readonly Excluded[], offered: readonly Excluded[]): Excluded[] {
  return chosen.filter(({ staffId }) => !isChosen(offered, staffId));
}

/** Whom the survivor named, out of everybody who is barred. */
export function excludedIn(bars: ConflictsView['bars']): Excluded[] {
  return bars.flatMap(({ staffId, displayName, origin }) =>
    origin === 'exclusion' ? [{ staffId, name: displayName }] : [],
  );
}

export function idsOf(chosen: readonly Excluded[]): string[] {
  return chosen.map(({ staffId }) => staffId);
}

export function namesOf(chosen: readonly Excluded[]): string {
  return chosen.map(({ name }) => name).join('; ');
}

function isChosen(people: readonly Excluded[], id: string): boolean {
  return people.some(({ staffId }) => staffId === id);
}
