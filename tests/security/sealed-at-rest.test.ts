import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, inject, it } from 'vitest';
import { aCaseWorker } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { aViolenceCase } from '../support/bodies.ts';
import { foundIn, plantedWords, scannerFor, tracesOf } from '../support/canary.ts';
import { clusterOf, filesIn, folderOf, scanned, tablesOf, type Pieces } from './places.ts';
import { failingRequests, typedFields, typeTheStory } from './typed-story.ts';

const app = await startApp();
const before = plantedWords().length;
await typeTheStory(app);
const words = plantedWords().slice(before);

/** A word of nobody, laid into each place to see that it would be found there. */
const WITNESS = 'Trần Thị Chứng ườxqzqxwitnessễđ';
const inEveryEncoding = tracesOf(WITNESS);
const extra = await mkdtemp(join(tmpdir(), 'hien-canary-'));
afterAll(() => rm(extra, { recursive: true, force: true }));

it('more than fifty fields were typed, and each word would be known in more than six encodings', () => {
  expect(typedFields().length).toBeGreaterThanOrEqual(50);
  expect(words.length).toBeGreaterThanOrEqual(80);
  for (const word of words) expect(new Set(tracesOf(word).map((trace) => trace.encoding)).size).toBeGreaterThan(10);
});

it('the search finds what there is: each encoding, amid other bytes', () => {
  const [word = ''] = words;
  for (const { encoding, needle } of tracesOf(word)) {
    const hay = Buffer.concat([Buffer.alloc(1000, 7), needle, Buffer.alloc(9)]);
    expect(foundIn(hay, words).join(), encoding).toContain(word);
  }
  for (const lead of ['', 'x', 'xy'])
    expect(foundIn(Buffer.from(Buffer.from(`${lead}${word} và`).toString('base64')), [word]).join()).toContain(
      'base64',
    );
});

/** Files that somebody left in the system's folder for temporary ones under our name. */
async function* temporaryFiles(): Pieces {
  yield* filesIn(extra);
  for (const entry of await readdir(tmpdir(), { withFileTypes: true }))
    if (entry.isFile() && entry.name.includes('hien'))
      yield { name: entry.name, bytes: await readFile(join(tmpdir(), entry.name)).catch(() => Buffer.alloc(0)) };
}

async function* theLog(): Pieces {
  yield { name: 'log', bytes: Buffer.from(app.logs()) };
}

type Place = { pieces: () => Pieces; least: number; plant: () => Promise<unknown> };
const PLACES: Record<string, Place> = {
  'the tables': { pieces: () => tablesOf(app), least: 100_000, plant: plantInTable },
  'the data files and the write-ahead log': { pieces: () => clusterOf(app), least: 20_000_000, plant: plantInTable },
  'the log of the application': {
    pieces: theLog,
    least: 1000,
    plant: async () => app.context.log.info({ event: WITNESS }),
  },
  'the log of PostgreSQL and the data folder': {
    pieces: () => folderOf(inject('house').folder),
    least: 100,
    plant: () => app.database.ask(`do $$ begin raise log '${WITNESS}'; end $$`),
  },
  'temporary files': { pieces: temporaryFiles, least: 0, plant: () => writeFile(join(extra, 'left-behind'), WITNESS) },
};

/** A table holds it in every encoding, and its pages and the write-ahead log with it. */
async function plantInTable(): Promise<void> {
  await app.database.ask('create table if not exists hien.witness (word bytea)');
  for (const { needle } of inEveryEncoding) await app.database.ask('insert into hien.witness values ($1)', [needle]);
}

it('requests that are refused or fail tell none of the words they were full of, whatever broke', async () => {
  const statuses = new Set<number>();
  for (const [what, request] of Object.entries(await failingRequests(app))) {
    const typedBefore = plantedWords().length;
    const reply = await request();
    statuses.add(reply.status);
    expect(reply.status, what).toBeGreaterThanOrEqual(400);
    const answer = Buffer.from(reply.text + JSON.stringify(reply.headers));
    expect(foundIn(answer, plantedWords().slice(typedBefore)), what).toEqual([]);
  }
  expect(statuses.size).toBeGreaterThanOrEqual(5);
});

it('a failure inside tells nothing either: a table that quotes its row, a ciphertext that does not open', async () => {
  const { registered, replies } = await brokenInside();
  expect(registered).toBe(true);
  expect(replies.map((reply) => reply.status)).toEqual([500, 500, 500, 500, 503]);
  const all = Buffer.from(replies.map((reply) => reply.text + JSON.stringify(reply.headers)).join('\n'));
  expect(foundIn(all, plantedWords())).toEqual([]);
});

async function brokenInside() {
  const worker = await aCaseWorker(app);
  const body = aViolenceCase(app.clock);
  // Backwards, so that it is the database's error that carries the word, and not the text of this trigger.
  const backwards = [...String(body.survivor['fullName'])].toReversed().join('');
  const replies = [];
  for (const table of ['case_file', 'access_grant', 'sealed_document', 'blind_index', 'audit_event']) {
    await app.database.ask(`create function hien.shout() returns trigger language plpgsql set search_path = pg_catalog
      as $$ begin raise exception 'row %', new using detail = reverse('${backwards}'), hint = new::text; end $$`);
    await app.database.ask(
      `create trigger shout before insert on hien.${table} for each row execute function hien.shout()`,
    );
    replies.push(await worker.post('/api/cases', body));
    await app.database.ask('drop function hien.shout() cascade');
  }
  return { registered: (await worker.post('/api/cases', body)).status === 201, replies };
}

it.each(Object.keys(PLACES))('%s: no word, in no encoding', { timeout: 120_000 }, async (name) => {
  const { pieces, least } = PLACES[name] as Place;
  const { found, bytes } = await scanned(pieces(), scannerFor(plantedWords().slice(before)));
  expect(found).toEqual([]);
  expect(bytes).toBeGreaterThanOrEqual(least);
});

it.each(Object.keys(PLACES))(
  '%s: a word that is laid there would have been found',
  { timeout: 120_000 },
  async (name) => {
    const { pieces, plant } = PLACES[name] as Place;
    await plant();
    const { found } = await scanned(pieces(), scannerFor([WITNESS]));
    expect(found.length).toBeGreaterThan(0);
  },
);

it('the codes that tell the story are sealed as well: no type, no service, no act, no basis', async () => {
  const codes = [
    'PHYSICAL_ASSAULT',
    'DV03A',
    'POL.STATEMENT',
    'WU.COUNSEL',
    'FORCED_LABOUR',
    'CRIME_DUTY',
    'CHILD_DUTY',
    'INTIMATE_PARTNER_CURRENT',
    'ESCALATING',
  ];
  const tables = [
    'case_file',
    'access_grant',
    'case_member',
    'data_key',
    'sealed_document',
    'blind_index',
    'registration_draft',
    'consent',
    'referral',
  ];
  for (const table of tables) {
    const rows = await app.database.ask<Record<string, unknown> & { whole: string }>(
      `select t.*, t::text as whole from hien.${table} t`,
    );
    for (const code of codes) expect(rows.map((row) => row.whole).join('\n'), `${table} ${code}`).not.toContain(code);
  }
});
