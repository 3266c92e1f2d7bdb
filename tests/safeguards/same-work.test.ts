import { randomBytes, randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { caseCode } from '../../server/kernel/case-code.ts';
import { aCaseWorker, aColleague, policeDesk, signIn, supervisor, type Person } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { aSurvivor, aViolenceCase } from '../support/bodies.ts';
import { canary, canaryDigits } from '../support/canary.ts';
import { done, registerCase, sendReferral } from '../support/seed.ts';
import { tableReadsOf, type TableReads } from '../support/table-reads.ts';

// Times are compared by `npm run bench -- barred`; here the database's own counts of what it did.
const app = await startApp();
const worker = await aCaseWorker(app);
const boss = await supervisor(app);
const desk = await policeDesk(app);
const foreignBoss = await signIn(app, 'tuan.vhxh.anhai');
const colleague = await aColleague(app);

const PHONE = canaryDigits('094', 10);
const NAME = `Đặng Thị ${canary()}`;
const hidden = { fullName: NAME, bornOn: '1988-03-04', identityNumber: '048188000123', contact: { phone: PHONE } };
const WARM_UP = 8;

/** A case of this survivor, from which the supervisor and the desk that has a referral of it are barred. */
async function aHiddenCase(): Promise<{ caseId: string; code: string }> {
  const exclusions = [boss.staffId, desk.staffId];
  const made = await registerCase(app, worker, aViolenceCase(app.clock, { survivor: { ...aSurvivor(), ...hidden } }));
  const sent = await sendReferral(app, worker, { caseId: made.id });
  done(await worker.patch(`/api/cases/${made.id}`, { exclusions }, { 'if-match': '"1"' }));
  return { caseId: sent.caseId, code: made.code };
}

const { caseId, code } = await aHiddenCase();

/** Plans are settled after some runs: before that, making them reads as well. */
async function readsAfterWarmUp(run: () => Promise<unknown>): Promise<TableReads> {
  for (let nth = 0; nth < WARM_UP; nth += 1) await run();
  return tableReadsOf(run);
}

function searching(who: Person, criteria: unknown): () => Promise<void> {
  return async () => expect(done(await who.post('/api/cases/search', criteria))).toEqual({ items: [], count: 0 });
}

const SEARCHES: [string, object, object][] = [
  ['a telephone', { phone: PHONE }, { phone: canaryDigits('093', 10) }],
  ['an identity number', { identityNumber: '048188000123' }, { identityNumber: '048188000124' }],
  ['a name', { fullName: NAME, birthYear: 1988 }, { fullName: NAME, birthYear: 1987 }],
  [
    'all of these',
    { phone: PHONE, identityNumber: '048188000123', fullName: NAME, birthYear: 1988 },
    { phone: canaryDigits('093', 10), identityNumber: '048188000124', fullName: NAME, birthYear: 1987 },
  ],
  ['a code', { code }, { code: caseCode(randomBytes(16)) }],
];

it.each(SEARCHES)('a search by %s reads as much for a hidden case as for none', async (_by, of, ofNone) => {
  for (const who of [boss, foreignBoss, colleague]) {
    const reads = await readsAfterWarmUp(searching(who, of));
    expect(reads, who.username).toEqual(await readsAfterWarmUp(searching(who, ofNone)));
    expect(reads['conflict_bar'], who.username).toBeGreaterThanOrEqual(8);
  }
});

it('and as much for two hidden cases as for one', async () => {
  const one = await readsAfterWarmUp(searching(boss, { phone: PHONE }));
  await aHiddenCase();
  expect(await readsAfterWarmUp(searching(boss, { phone: PHONE }))).toEqual(one);
  expect((await worker.post<{ count: number }>('/api/cases/search', { phone: PHONE })).body.count).toBe(2);
});

it('referrals of a hidden case are asked for with as many questions as those of none', async () => {
  const none = randomUUID();
  for (const [who, box] of [
    [boss, 'outbox'],
    [foreignBoss, 'outbox'],
    [colleague, 'outbox'],
    [desk, 'inbox'],
    [foreignBoss, 'inbox'],
  ] as const) {
    const asking = (id: string) => async () => {
      const list = done<{ items: unknown[] }>(await who.get(`/api/referrals?box=${box}&case=${id}`));
      expect(list.items, `${who.username} ${box}`).toEqual([]);
    };
    const [of, ofNone] = [await readsAfterWarmUp(asking(caseId)), await readsAfterWarmUp(asking(none))];
    expect(of['binding_secret'], `${who.username} ${box}`).toBe(ofNone['binding_secret']);
  }
  const own = await worker.get<{ items: unknown[] }>(`/api/referrals?box=outbox&case=${caseId}`);
  expect(own.body.items).toHaveLength(1);
});
