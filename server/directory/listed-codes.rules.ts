import type { CodeList, CodeListVersion, ListedCode } from './directory.contract.ts';
import { isValidOn } from './directory.ts';

/**
 * Every list as of `day` (`YYYY-MM-DD`, Viet Nam): `codes` may be chosen on that day; `ended` are names only, of codes of
 * this and of earlier versions that may no longer be chosen, so that what was recorded with them stays readable.
 */
export function listsOn(day: string, versions: readonly CodeListVersion[]): CodeList[] {
  const lists = new Map<string, CodeListVersion[]>();
  for (const version of versions) lists.set(version.list, [...(lists.get(version.list) ?? []), version]);
  return [...lists.values()].map((all) => listOn(day, all));
}

function listOn(day: string, versions: readonly CodeListVersion[]): CodeList {
  const newestFirst = versions.toSorted((one, other) => other.version - one.version);
  const head = newestFirst.find((version) => isValidOn(version, day)) ?? newestFirst[0];
  if (head === undefined) throw new RangeError('a list has at least one version');
  const isHeadValid = isValidOn(head, day);
  const codes = head.codes.filter((code) => isHeadValid && isValidOn(code, day));
  return { ...head, codes, ended: endedBeside(codes, newestFirst) };
}

/** Of a code that was named several times, the newest name. */
function endedBeside(codes: readonly ListedCode[], newestFirst: readonly CodeListVersion[]): CodeList['ended'] {
  const named = new Set(codes.map(({ code }) => code));
  const ended: CodeList['ended'] = [];
  for (const { code, nameVi, nameEn, validTo } of newestFirst.flatMap((version) => version.codes)) {
    if (named.has(code)) continue;
    named.add(code);
    ended.push({ code, nameVi, nameEn, validTo });
  }
  return ended;
}
