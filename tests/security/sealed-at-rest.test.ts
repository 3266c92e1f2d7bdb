import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { aCaseWorker, policeDesk, policeOfficer, womensUnionDesk } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { aChildCase, aSurvivor, aTraffickingCase, aViolenceCase } from '../support/bodies.ts';
import { canary, foundIn, plantedWords, scannerFor, tracesOf } from '../support/canary.ts';
import {
  acceptReferral,
  aReferral,
  COMPLETION,
  dispatch,
  done,
  draftReferral,
  openCase,
  openReferral,
  recordConsent,
  registerCase,
  sendReferral,
} from '../support/seed.ts';

const app = await startApp();
const before = plantedWords().length;

/** The whole story, with every free text of every form filled in. */
async function tellTheStory(): Promise<void> {
  const worker = await aCaseWorker(app);
  const desk = await policeDesk(app);
  const officer = await policeOfficer(app);
  await worker.put(`/api/drafts/${randomUUID()}`, {
    page: 1,
    content: { narrative: canary('Nháp '), name: canary('Lê ') },
  });
  const body = aViolenceCase(app.clock);
  const { id: caseId } = await registerCase(app, worker, body);
  const key = { 'idempotency-key': randomUUID() };
  for (const make of [aTraffickingCase, aChildCase]) {
    const other = make(app.clock);
    await worker.post('/api/cases', other, key);
    await worker.post('/api/cases', other, key);
  }
  await worker.patch(`/api/cases/${caseId}`, { survivor: aSurvivor() }, { 'if-match': '"1"' });
  await openCase(worker, caseId);
  await worker.post('/api/cases/search', { fullName: canary('Nguyễn '), birthYear: 1994 });
  await recordConsent(app, worker, { caseId, evidence: 'VERBAL_WITNESSED', witness: canary('Bà ') });
  const sent = await sendReferral(app, worker, { caseId, urgency: 'U0' });
  await acceptReferral(desk, sent.referralId, officer);
  await openReferral(officer, sent.referralId);
  done(await officer.post(`/api/referrals/${sent.referralId}/completion`, { ...COMPLETION, note: canary('Kết quả ') }));
  const lawful = await draftReferral(app, worker, { caseId, fields: ['case_code', 'name'] });
  done(await dispatch(worker, lawful.id, { legalBasis: 'CRIME_DUTY', reason: canary('Lý do ') }));
  done(await desk.post(`/api/referrals/${lawful.id}/decline`, { reason: 'OTHER', note: canary('Từ chối ') }));
  const union = aReferral(app, {
    recipientAgencyId: (await womensUnionDesk(app)).agencyId,
    service: 'WU.COUNSEL',
    fields: ['case_code'],
  });
  done(await worker.post(`/api/cases/${caseId}/referrals`, union), 201);
}

await tellTheStory();
const words = plantedWords().slice(before);

it('more than twenty words were typed, and each would be known in many encodings', () => {
  expect(words.length).toBeGreaterThan(40);
  for (const word of words)
    expect(new Set(tracesOf(word).map((trace) => trace.encoding)).size).toBeGreaterThanOrEqual(11);
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

it('no table holds any of the words', async () => {
  const tables = await app.database.ask<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('hien', 'public')`,
  );
  expect(tables.length).toBeGreaterThan(40);
  const scan = scannerFor(words);
  for (const { name } of tables) {
    const rows = await app.database.ask<Record<string, unknown> & { whole: string }>(
      `select t.*, t::text as whole from ${name} t`,
    );
    const raw = rows.flatMap((row) => Object.values(row).filter((value) => Buffer.isBuffer(value)));
    expect(scan(Buffer.concat([Buffer.from(rows.map((row) => row.whole).join('\n')), ...raw])), name).toEqual([]);
  }
});

it('neither the data files nor the write-ahead log hold any of the words', async () => {
  await app.database.ask('checkpoint');
  const [row] = await app.database.ask<{ oid: string }>(
    'select oid::text from pg_database where datname = current_database()',
  );
  const cluster = join(inject('house').folder, 'postgres');
  const folders = [
    join(cluster, 'base', row?.oid ?? ''),
    join(cluster, 'global'),
    join(cluster, 'pg_wal'),
    join(cluster, 'pg_xact'),
  ];
  const scan = scannerFor(words);
  let bytes = 0;
  for (const folder of folders)
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = await readFile(join(folder, entry.name)).catch(() => Buffer.alloc(0));
      bytes += file.length;
      expect(scan(file), entry.name).toEqual([]);
    }
  expect(bytes).toBeGreaterThan(20_000_000);
});

it('the application’s log holds none of the words', () => {
  expect(app.logs().length).toBeGreaterThan(1000);
  expect(foundIn(Buffer.from(app.logs()), words)).toEqual([]);
});

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
