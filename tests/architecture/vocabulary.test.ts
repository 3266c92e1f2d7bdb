import { glob, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { checkEvent, type EventV1 } from '../../server/audit/event.rules.ts';
import { actionsOf, CLASS_WORDS, VOCABULARY, type EventClass } from '../../server/audit/vocabulary.ts';
import { ACTIONS, COMMAND_ACTIONS } from '../../server/policy/actions.ts';
import { allEndpoints } from '../support/endpoints.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Where the words are listed, not used. */
const LISTS = ['server/audit/vocabulary.ts', 'server/policy/actions.ts'];
const WORD = '([a-z]+(?:_[a-z]+)*\\.[a-z]+(?:_[a-z]+)*)';
/** Every way in which the source gives an event its action. */
const GIVEN = [
  new RegExp(`\\baction: '${WORD}'`, 'g'),
  new RegExp(`\\banonymous\\('${WORD}'\\)`, 'g'),
  // Handed to what runs a piece of a command's work, as in recorded(by.ports, 'keys.cover', …).
  new RegExp(`\\brecorded\\([\\w.]+, '${WORD}',`, 'g'),
  new RegExp(`\\bDEED\\b[^;]*?'${WORD}'[^;]*?'${WORD}'`, 'g'),
];

const sources: { file: string; text: string }[] = [];
for await (const file of glob('server/**/*.ts', { cwd: ROOT }))
  if (!LISTS.includes(file)) sources.push({ file, text: await readFile(`${ROOT}${file}`, 'utf8') });
const rowSecurity = await readFile(`${ROOT}policies/row-security.sql`, 'utf8');

const words = Object.keys(VOCABULARY);
const given = sources.flatMap(({ text }) =>
  GIVEN.flatMap((pattern) => [...text.matchAll(pattern)].flatMap(([, ...found]) => found)),
);

it('every action of an endpoint, of a command and of a job is classified', () => {
  const used = [...allEndpoints().map((endpoint) => endpoint.action), ...ACTIONS, ...COMMAND_ACTIONS, ...given];
  expect(sources.length).toBeGreaterThan(150);
  expect(given.length).toBeGreaterThan(40);
  expect([...new Set(used)].filter((action) => !words.includes(action))).toEqual([]);
});

it('no action is put together from pieces, so that the list can be read out of the source', () => {
  const pieced = sources.filter(({ text }) => /\baction: `/.test(text)).map(({ file }) => file);
  expect(pieced).toEqual([]);
});

it('row-security.sql names no action that is not in the vocabulary', () => {
  const named = [...rowSecurity.matchAll(/action in \(([^)]*)\)/g)].flatMap(([, list = '']) =>
    [...list.matchAll(/'([^']+)'/g)].map(([, action = '']) => action),
  );
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((action) => !words.includes(action))).toEqual([]);
});

it('every entry is used: none stands for a deed that nobody can do', () => {
  const used = new Set([...given, ...allEndpoints().map((endpoint) => endpoint.action)]);
  expect(words.filter((action) => !used.has(action))).toEqual([]);
});

it('every class has words in both languages, and at least one action', () => {
  for (const [name, { vi, en }] of Object.entries(CLASS_WORDS)) {
    expect(
      [vi, en].every((text) => text.length > 2 && text === text.normalize('NFC')),
      name,
    ).toBe(true);
    expect(actionsOf(name as EventClass).length, name).toBeGreaterThan(0);
  }
});

it('each action is domain.action in lower case', () => {
  for (const action of words) expect(action).toMatch(new RegExp(`^${WORD}$`));
});

const EVENT: Omit<EventV1, 'seq'> = {
  v: 1,
  id: '0197c1c8-0280-7a00-8a00-000000000001',
  time: '2026-11-27T00:00:00.000Z',
  recorded: '2026-11-27T00:00:00.000Z',
  actor: null,
  agency: null,
  owner: null,
  roles: [],
  session: null,
  action: 'case.open',
  objectKind: null,
  objectId: null,
  cases: [],
  compartments: [],
  fields: [],
  purpose: null,
  reason: null,
  outcome: 'done',
  policies: [],
  request: '0197c1c8-0280-7a00-8a00-000000000002',
  count: null,
};

it.each([
  ['an action of no vocabulary', { action: 'case.peek' }],
  ['an action of the prototype', { action: 'constructor' }],
  ['a value among the fields', { fields: ['Nguyễn Thị Lan'] }],
  ['a sentence for a reason', { reason: 'she asked for it' }],
  ['a sentence for a purpose', { purpose: 'tìm vợ' }],
  ['a name for a kind of object', { objectKind: 'số 12 đường Yết Kiêu' }],
])('the log refuses %s', (_what, wrong) => {
  expect(() => checkEvent(EVENT)).not.toThrow();
  expect(() => checkEvent({ ...EVENT, ...wrong })).toThrow();
});
