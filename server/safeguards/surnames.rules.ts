import { isValidOn } from '../directory/directory.ts';
import type { AuditRules } from '../directory/audit-rules.ts';
import { foldVietnamese } from '../kernel/folding.ts';

/**
 * The family name of a Vietnamese full name, folded: its first word. Null for a name of one word, which is somebody's given
 * name or nickname and says nothing about the family.
 */
export function surnameOf(fullName: string | undefined): string | null {
  const [first = '', second] = foldVietnamese(fullName ?? '').split(' ');
  return second === undefined ? null : first;
}

/** Family names, folded, that too many people bear on `day` (`YYYY-MM-DD`) to say anything. */
export function commonSurnamesOn({ commonSurnames }: AuditRules, day: string): Set<string> {
  return new Set(
    commonSurnames
      .filter((each) => isValidOn(each, day))
      .flatMap(({ names }) => names.map((name) => foldVietnamese(name))),
  );
}

/** Whether one of `others` bears the family name of `own`, and it is none of the common ones; these are asked for only then. */
export function sharesRareSurname(
  own: string,
  others: readonly (string | undefined)[],
  common: () => ReadonlySet<string>,
): boolean {
  const surname = surnameOf(own);
  return surname !== null && others.some((name) => surnameOf(name) === surname) && !common().has(surname);
}
