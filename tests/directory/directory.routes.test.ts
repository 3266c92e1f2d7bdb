import { expect, it } from 'vitest';
import type { Agency, Area, CodeList } from '../../server/directory/directory.contract.ts';
import { AGENCY, aCaseWorker, operator, policeDesk, supervisor } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { aClient } from '../support/http.ts';

const app = await startApp();
const worker = await aCaseWorker(app);

async function items<T>(path: string, who = worker): Promise<T[]> {
  const reply = await who.get<{ items: T[] }>(`/api/directory/${path}`);
  if (reply.status !== 200) throw new Error(reply.text);
  return reply.body.items;
}

it('areas are found by name without marks, and by what they belong to', async () => {
  expect((await items<Area>('areas?name=son%20tra')).map((area) => area.code)).toEqual(['20263']);
  expect((await items<Area>('areas?parent=48')).length).toBe(7);
  expect(await items('areas?name=atlantis')).toEqual([]);
  expect((await items<Area>('areas?code=20263,48,nowhere')).map((area) => area.code).toSorted()).toEqual([
    '20263',
    '48',
  ]);
});

it('an agency is listed with its services and its desk, not with who heads it', async () => {
  const police = (await items<Agency>('agencies')).find((agency) => agency.id === AGENCY.policeSonTra);
  expect(police).toMatchObject({ sectors: ['POLICE'], areaCode: '20263' });
  expect(police?.dutyDesk).toMatchObject({ hours: expect.any(String) as string, phone: expect.any(String) as string });
  expect(police).not.toHaveProperty('responsibleHead');
});

it('code lists carry both languages; what ended can no longer be chosen and keeps its name', async () => {
  const lists = await items<CodeList>('code-lists?list=risk_level,gbv_type');
  expect(lists.map((list) => list.list).toSorted()).toEqual(['gbv_type', 'risk_level']);
  for (const code of lists.flatMap((list) => list.codes))
    expect([code.nameVi, code.nameEn].every((name) => name !== '')).toBe(true);
  await app.database.ask(`update hien.code set valid_to = current_date - 1 where list = 'risk_level' and code = 'LOW'`);
  await app.context.directory.refresh();
  const [later] = await items<CodeList>('code-lists?list=risk_level');
  expect(later?.codes.map((code) => code.code)).not.toContain('LOW');
  expect(later?.ended).toEqual([
    { code: 'LOW', nameVi: 'Thấp', nameEn: 'Low', validTo: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) as string },
  ]);
});

it.each(['services', 'clock-rules', 'purposes', 'hotlines'])('%s are there, with their validity', async (path) => {
  const rows = await items<{ validFrom: string }>(path);
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) expect(row.validFrom).toMatch(/^\d{4}-\d{2}-\d{2}$/);
});

it('the desk and the supervisor see whom they may assign, within their agency', async () => {
  const desk = await policeDesk(app);
  const names = await items<{ id: string; roles: string[] }>('colleagues', desk);
  expect(names.map((person) => person.id)).toContain(desk.staffId);
  expect(names.map((person) => person.id)).not.toContain(worker.staffId);
  expect((await items('colleagues', await supervisor(app))).length).toBeGreaterThan(0);
});

it('others see no colleagues, and nobody sees anything before signing in', async () => {
  for (const other of [worker, await operator(app)])
    expect((await other.get('/api/directory/colleagues')).problem.code).toBe('NOT_ALLOWED');
  for (const path of [
    'areas',
    'agencies',
    'services',
    'code-lists',
    'clock-rules',
    'purposes',
    'hotlines',
    'colleagues',
  ])
    expect((await aClient(app.url).get(`/api/directory/${path}`)).problem.code).toBe('SIGN_IN_REQUIRED');
});

it('an unknown question is refused', async () => {
  expect((await worker.get('/api/directory/areas?nome=x')).problem.errors).toMatchObject([
    { path: 'nome', code: 'UNKNOWN_KEY' },
  ]);
});
