import { describe, expect, test } from 'vitest';
import { en } from '../../client/locales/en.ts';
import { vi, type Room } from '../../client/locales/vi.ts';

const rooms = Object.keys(vi) as Room[];

/** Paths of all sentences with their text; the plural forms of one sentence share a path. */
function sentences(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]): [string, string][] => {
    const here = `${path}/${key}`;
    if (typeof value === 'string') return [[here, value]];
    return typeof value === 'object' && value !== null ? sentences(value, here) : [];
  });
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name).sort();
}

describe.each(rooms)('the words of %s', (room) => {
  test('are filled in and composed (NFC) in both languages', async () => {
    for (const { words } of [await vi[room](), await en[room]()]) {
      for (const [path, text] of sentences(words)) {
        expect(text.trim(), path).not.toBe('');
        expect(text.normalize('NFC'), path).toBe(text);
      }
    }
  });

  test('leave the same gaps in both languages', async () => {
    const source = new Map(sentences((await vi[room]()).words));
    for (const [path, text] of sentences((await en[room]()).words)) {
      const twin = source.get(path) ?? source.get(path.replace(/_one$/, '_other'));
      expect(placeholders(text), path).toEqual(placeholders(twin ?? ''));
    }
  });
});
