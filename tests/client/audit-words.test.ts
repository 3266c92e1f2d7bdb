import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { actions, deedKey } from '../../client/features/audit/actions.ts';
import { words as enNames } from '../../client/locales/en/audit-names.ts';
import { words as en } from '../../client/locales/en/audit.ts';
import { words as viNames } from '../../client/locales/vi/audit-names.ts';
import { words as vi } from '../../client/locales/vi/audit.ts';
import { CASE_COMPARTMENTS, REFERRAL_COMPARTMENTS } from '../../server/keys/index.ts';
import { ACTIONS, COMMAND_ACTIONS } from '../../server/policy/actions.ts';

describe('the log speaks', () => {
  test('of every action of the system, in both languages', () => {
    const all = [...ACTIONS, ...COMMAND_ACTIONS];
    expect([...actions].toSorted()).toEqual(all.toSorted());
    const wanted = [...all.map((action) => action.replace('.', '_')), 'other'].toSorted();
    for (const words of [vi, en]) {
      expect(Object.keys(words.done).toSorted()).toEqual(wanted);
      expect(Object.keys(words.tried).toSorted()).toEqual(wanted);
    }
  });

  test('of an action it does not know without showing its code', () => {
    expect(deedKey('case.unheard_of')).toBe('other');
    expect(deedKey('constructor')).toBe('other');
  });

  test('of every policy in the words of its own note', () => {
    const notes = policyNotes();
    const named = (language: 'vi' | 'en') =>
      Object.fromEntries(notes.map((note) => [note.id.replace('.', '_'), plain(note[language])]));
    expect(viNames.rule).toEqual(named('vi'));
    expect(enNames.rule).toEqual(named('en'));
  });

  test('of every compartment by name', () => {
    for (const compartment of [...CASE_COMPARTMENTS, ...REFERRAL_COMPARTMENTS, 'notice'])
      expect(viNames.compartment).toHaveProperty(compartment);
  });
});

function policyNotes(): { id: string; vi: string; en: string }[] {
  const folder = new URL('../../policies/', import.meta.url);
  const texts = readdirSync(folder)
    .filter((file) => file.endsWith('.cedar'))
    .map((file) => readFileSync(new URL(file, folder), 'utf8'));
  const pattern = /@id\("([^"]+)"\)\s*@vi\("([^"]+)"\)\s*@en\("([^"]+)"\)/g;
  return texts.flatMap((text) =>
    [...text.matchAll(pattern)].map(([, id = '', vietnamese = '', english = '']) => ({
      id,
      vi: vietnamese,
      en: english,
    })),
  );
}

/** As part of a longer line, with the typographic apostrophe of the screens. */
function plain(note: string): string {
  return note.replace(/\.$/, '').replaceAll("'", '’');
}
