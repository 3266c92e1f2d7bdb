import type { CodeList, ListedCode } from '../../../server/directory/directory.contract.ts';
import type { Choice } from '../../ui/field-id.ts';
import { nameIn } from './names.ts';

/** Code lists in the language of the screen: everything a screen needs to speak in names and never in codes. */
export type Codes = {
  /** The codes in force of one list, in the list's own order; none while it is not loaded. */
  all: (list: string) => readonly ListedCode[];
  find: (list: string, code: string | null | undefined) => ListedCode | undefined;
  /** '' for no code; a code that may no longer be chosen keeps its name, one that no list ever had is named as such. */
  name: (list: string, code: string | null | undefined) => string;
  /** Several names in one line. */
  names: (list: string, codes: readonly string[]) => string;
  /** For the fields of `ui/`; with the list's hints unless told otherwise. */
  choices: (list: string, options?: { isHinted: boolean }) => Choice[];
};

export type CodesInput = { lists: readonly CodeList[]; language: string; unlisted: string };

export function codesFrom({ lists, language, unlisted }: CodesInput): Codes {
  const byList = new Map(lists.map(({ list, codes }) => [list, codes]));
  const endedOf = new Map(lists.map(({ list, ended }) => [list, ended]));
  const all = (list: string): readonly ListedCode[] => byList.get(list) ?? [];
  const find = (list: string, code: string | null | undefined): ListedCode | undefined =>
    all(list).find((listed) => listed.code === code);
  function name(list: string, code: string | null | undefined): string {
    if (!code) return '';
    const listed = find(list, code) ?? endedOf.get(list)?.find((ended) => ended.code === code);
    return listed ? nameIn(language, listed) : unlisted;
  }
  return {
    all,
    find,
    name,
    names: (list, codes) => codes.map((code) => name(list, code)).join('; '),
    choices: (list, { isHinted } = { isHinted: true }) =>
      all(list).map((listed) => choiceOf(listed, isHinted ? language : undefined, nameIn(language, listed))),
  };
}

function choiceOf(listed: ListedCode, hintLanguage: string | undefined, label: string): Choice {
  const hint = hintLanguage === undefined ? null : hintLanguage === 'en' ? listed.hintEn : listed.hintVi;
  return { value: listed.code, label, ...(hint ? { hint } : {}) };
}

/** Codes such as "none" or "not known" (`meta.exclusive`) stand alone: choosing one clears the rest, and the other way. */
export function settleExclusive(
  codes: readonly ListedCode[],
  before: readonly string[],
  after: readonly string[],
): string[] {
  const added = after.find((code) => !before.includes(code));
  if (added === undefined) return [...after];
  const isAlone = (code: string): boolean => codes.find((listed) => listed.code === code)?.meta['exclusive'] === true;
  return isAlone(added) ? [added] : after.filter((code) => !isAlone(code));
}
