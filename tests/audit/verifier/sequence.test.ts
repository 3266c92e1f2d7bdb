import { afterAll, expect, it } from 'vitest';
import { aFolder, exportOf, someSigners, verified } from './log-folder.ts';
import { anEvent, bytesOf, idFor, PEOPLE, type Made } from './some-events.ts';

const signers = { ...someSigners(), witnesses: [] };
const folder = aFolder();
afterAll(() => folder.remove());

const COUNT = 600;
const events = Array.from({ length: COUNT }, (_, nth) => anEvent(nth));

/** What the verifier says of a log that its own key signed over these events. */
function said(log: readonly (Made | Buffer)[]) {
  const entries = log.map((one) => (Buffer.isBuffer(one) ? one : bytesOf(one)));
  folder.put(exportOf(signers, entries));
  const { codes, doubts } = verified(folder.place, signers, { witnesses: [] });
  const remarks = doubts.remarks
    .filter(({ code }) => code !== 'NO_WITNESS')
    .map(({ code, detail }) => `${code} ${detail}`);
  return { codes, first: doubts.first?.from ?? null, remarks };
}

const SOUND = { codes: [], first: null, remarks: [] };

it('a log whose key signed sound events holds', () => {
  expect(said(events)).toEqual(SOUND);
});

it('an event that was never sequenced leaves a gap in its session, named at the next event of that session', () => {
  const gone = 200;
  expect(said(events.filter((_, nth) => nth !== gone))).toEqual({ ...SOUND, codes: ['SEQ_GAP'], first: gone + PEOPLE });
});

it('two events of a session in the wrong order, as transactions at the same time leave them, are no doubt', () => {
  const log = [...events];
  [log[200], log[200 + PEOPLE + 1]] = [events[200 + PEOPLE + 1] as Made, events[200] as Made];
  expect(said(log)).toEqual(SOUND);
});

it('a number that is missing in the last seconds of the log may still come, and is only mentioned', () => {
  const log = [...events, { ...anEvent(COUNT), seq: Number(anEvent(COUNT).seq) + 1 }];
  expect(said(log)).toEqual({ ...SOUND, remarks: [`GAP_AT_EDGE ${anEvent(COUNT).seq} @ ${COUNT}`] });
});

it('a jump over thousands of numbers is a gap wherever it stands', () => {
  const log = [...events, { ...anEvent(COUNT), seq: 5_000_000_000 }];
  expect(said(log)).toMatchObject({ codes: ['SEQ_GAP'], first: COUNT });
});

it('an event that stands twice, and a number that stands twice, are doubts', () => {
  expect(said([...events, events[30] as Made])).toMatchObject({ codes: ['EVENT_TWICE', 'SEQ_TWICE'], first: COUNT });
  expect(said([...events, { ...(events[30] as Made), id: idFor('other') }])).toMatchObject({ codes: ['SEQ_TWICE'] });
});

it('a clock that ran back is mentioned', () => {
  const log = [...events, { ...(events[0] as Made), id: idFor('late'), session: null, seq: null }];
  expect(said(log)).toEqual({ ...SOUND, remarks: [`CLOCK_BACK @ ${COUNT}`] });
});

it('an event of the demonstration says so, and is an event v1', () => {
  expect(said([{ ...(events[0] as Made), demonstration: true } as Made])).toEqual(SOUND);
});

const model = events[0] as Made;
const text = bytesOf(model).toString();
const ODD: readonly (readonly [string, Buffer])[] = [
  ['no JSON', Buffer.from('hello')],
  ['nothing', Buffer.alloc(0)],
  ['a blank', Buffer.from(`${text} `)],
  ['a blank within', Buffer.from(text.replace(',"agency"', ', "agency"'))],
  ['a field more', bytesOf({ ...model, note: 'words' })],
  ['a field less', bytesOf(Object.fromEntries(Object.entries(model).filter(([name]) => name !== 'count')))],
  ['another order', Buffer.from(JSON.stringify(model))],
  ['words where a code belongs', bytesOf({ ...model, reason: 'chị Lan bị đánh' })],
  ['words in a list', bytesOf({ ...model, fields: ['a b'] })],
  ['a name as id', bytesOf({ ...model, objectId: 'Lan' })],
  ['capital letters in an id', bytesOf({ ...model, id: model.id.toUpperCase() })],
  ['another version', bytesOf({ ...model, v: 2 })],
  ['another outcome', bytesOf({ ...model, outcome: 'maybe' })],
  ['a number without session', bytesOf({ ...model, session: null })],
  ['number nought', bytesOf({ ...model, seq: 0 })],
  ['an escaped letter', Buffer.from(text.replace('case_work"', 'case_wor\\u006b"'))],
  ['the same field twice', Buffer.from(text.replace('"v":1', '"v":1,"v":1'))],
  ['bytes that are no UTF-8', Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.of(0xff, 0x7d)])],
];

it.each(ODD)('an entry with %s is no event v1, though the log signed it', (_, entry) => {
  expect(said([...events.slice(0, 3), entry])).toMatchObject({ codes: ['EVENT_FORM'], first: 3 });
});
