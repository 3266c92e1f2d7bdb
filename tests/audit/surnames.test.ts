import { expect, it } from 'vitest';
import type { AuditLine } from '../../server/audit/audit.contract.ts';
import type { FindingView } from '../../server/audit/findings.contract.ts';
import {
  accountOf,
  aCaseWorker,
  aColleague,
  AGENCY,
  auditor,
  policeDesk,
  signIn,
  stranger,
  supervisor,
} from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { aChildCase, aPerpetrator, aSurvivor, aViolenceCase } from '../support/bodies.ts';
import { canary } from '../support/canary.ts';
import { eventsOf } from '../support/log-book.ts';
import { acceptReferral, done, openCase, openReferral, registerCase, sendReferral } from '../support/seed.ts';
import { caseAgainstOne, inWeekOf, namedAs, notedIn, surnamesTold } from '../support/surnames.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
const reviewer = await auditor(app);
for (const username of ['chau.ubnd.sontra', 'hieu.ubnd.anhai'])
  await app.database.ask(`insert into hien.staff_role values ($1, 'auditor')`, [accountOf(username).staffId]);
const wardReviewer = await signIn(app, 'chau.ubnd.sontra');
const otherReviewer = await signIn(app, 'hieu.ubnd.anhai');
await namedAs(app, worker, 'Khuất Thị Lan');

const story = <T>(monday: string, run: () => Promise<T>): Promise<T> => inWeekOf(app, monday, run);
const told = surnamesTold;

it('who opens a case of somebody with her own rare family name is told to the auditor in one sentence', async () => {
  const { id, code } = await story('2026-09-07', async () => {
    const made = await caseAgainstOne(app, worker, canary('Khuất Văn '));
    await openCase(worker, made.id);
    return made;
  });
  for (const who of [reviewer, wardReviewer]) {
    const [found, ...others] = await told(who, '2026-09-07');
    expect(others).toEqual([]);
    expect(found).toMatchObject({ count: 1, actor: { id: worker.staffId }, filter: { case: code, outcome: 'done' } });
    expect(found?.sentenceVi).toContain('đã mở hồ sơ có người cùng họ với mình');
    expect(found?.sentenceEn).toContain('opened a case in which somebody bears the same family name');
    expect(found?.sentenceVi).toContain('Khuất Thị Lan');
  }
  expect(await notedIn(app, id)).toEqual([worker.username]);
});

it('it leads to the accesses of that case, and to a finding with a question', async () => {
  const [found] = await told(reviewer, '2026-09-07');
  if (found === undefined) throw new Error('nothing was told');
  // The rule looks at four weeks, and she at one.
  expect([found.from, found.to]).toEqual(['2026-09-06T17:00:00.000Z', '2026-09-13T17:00:00.000Z']);
  const { actor, from, to, outcome = '', case: code = '' } = found.filter;
  const query = new URLSearchParams({ actor, from, to, outcome, case: code, limit: '200' });
  const { items } = done<{ items: AuditLine[] }>(await reviewer.get(`/api/audit/events?${query.toString()}`));
  expect(items.map(({ action }) => action)).toEqual(['case.open', 'case.register']);
  expect(new Set(items.map(({ id }) => id))).toEqual(new Set(found.eventIds));
  const body = {
    actorId: found.actor.id,
    eventIds: found.eventIds,
    rule: found.rule.code,
    note: canary('ghi '),
    question: canary('hỏi '),
  };
  const [recorded] = await eventsOf(app, async () => {
    const made = done<FindingView>(await reviewer.post('/api/audit/findings', body), 201);
    expect(made).toMatchObject({ rule: { code: 'same_surname' }, state: 'asked' });
  });
  // Other rules stand in the log; this one would tell a name there for ever.
  expect(recorded).toMatchObject({ action: 'finding.record', count: 2 });
  expect(JSON.stringify(recorded)).not.toContain('surname');
});

it('neither an auditor of another ward, nor who works on cases, is told', async () => {
  expect(await told(otherReviewer, '2026-09-07')).toEqual([]);
  for (const who of [worker, await supervisor(app), await stranger(app), await policeDesk(app)])
    expect((await who.get('/api/audit/outliers?from=2026-09-01T00:00:00Z&to=2026-09-30T00:00:00Z')).status).toBe(403);
});

it('the event is that of every other case: nothing in it speaks of the name', async () => {
  const alike = await caseAgainstOne(app, worker, canary('Khuất Văn '));
  const other = await caseAgainstOne(app, worker, canary('Tạ Văn '));
  const [[ofAlike], [ofOther]] = [
    await eventsOf(app, () => openCase(worker, alike.id)),
    await eventsOf(app, () => openCase(worker, other.id)),
  ];
  const apart = { id: '', time: '', recorded: '', request: '', seq: 0, objectId: null, cases: [] };
  expect({ ...ofAlike, ...apart }).toEqual({ ...ofOther, ...apart });
  expect([await notedIn(app, alike.id), await notedIn(app, other.id)]).toEqual([[worker.username], []]);
});

it.each([
  ['survivor', aViolenceCase(app.clock, { survivor: { ...aSurvivor(), fullName: canary('Khuất Thị ') } })],
  [
    'second perpetrator',
    aViolenceCase(app.clock, {
      perpetrators: [aPerpetrator(), { ...aPerpetrator(), fullName: canary('Khuất ') }],
    }),
  ],
  [
    'representative',
    {
      ...aChildCase(app.clock),
      basis: {
        ...(aChildCase(app.clock)['basis'] as object),
        representative: {
          fullName: canary('Khuất Thị '),
          relationship: 'GRANDPARENT',
          isAllegedPerpetrator: false,
        },
      },
    },
  ],
])('whoever of the case it is: %s', async (_who, body) => {
  const { id } = await registerCase(app, worker, body);
  expect(await notedIn(app, id)).toEqual([worker.username]);
});

const ACUTE_FIRST = 'Khua\u0301\u0302t';
it.each([
  ['in parts', 'Khuất'.normalize('NFD')],
  ['with its marks in another order', ACUTE_FIRST],
  ['without marks', 'Khuat'],
  ['in capitals, after spaces', '  KHUẤT  '],
])('however it is written: %s', async (_how, surname) => {
  const { id } = await caseAgainstOne(app, worker, `${surname} Văn ${canary()}`);
  expect(await notedIn(app, id)).toEqual([worker.username]);
});

it.each([
  ['a common family name', 'Nguyễn Thị Lan', 'Nguyễn Văn'],
  ['a common one in capitals and parts', 'VÕ Thị Lan', 'Võ Văn'.normalize('NFD')],
  ['another family name', 'Khuất Thị Lan', 'Khúc Văn'],
  ['a given name or a middle one', 'Khuất Thị Lan', 'Tạ Khuất'],
  ['a word before names that is no family name', 'Y Lan Niê', 'Y Moan'],
])('nothing is noted of %s', async (_what, own, other) => {
  await namedAs(app, worker, own);
  const { id } = await caseAgainstOne(app, worker, `${other} ${canary()}`);
  await openCase(worker, id);
  await namedAs(app, worker, 'Khuất Thị Lan');
  expect(await notedIn(app, id)).toEqual([]);
});

it('a name of one word is a given name, and says nothing', async () => {
  const { id } = await caseAgainstOne(app, worker, 'Khuất');
  expect(await notedIn(app, id)).toEqual([]);
});

it('deeds from before the name came into the case are none of it', async () => {
  const made = await story('2026-09-14', async () => {
    const { id, code } = await registerCase(app, worker);
    await openCase(worker, id);
    return { id, code };
  });
  expect(await told(reviewer, '2026-09-14')).toEqual([]);
  const changed = await story('2026-09-16', () => {
    const perpetrators = [{ ...aPerpetrator(), fullName: canary('Khuất Văn ') }];
    return eventsOf(app, () => worker.patch(`/api/cases/${made.id}`, { perpetrators }, { 'if-match': '"1"' }));
  });
  const [found] = await told(reviewer, '2026-09-14');
  expect(found).toMatchObject({ eventIds: changed.map(({ id }) => id), filter: { case: made.code } });
});

it('two cases are counted once each, however often they are opened, and by others with another name', async () => {
  const boss = await supervisor(app);
  await story('2026-09-21', async () => {
    for (const name of [canary('Khuất Văn '), canary('Khuất Thị ')]) {
      const { id } = await caseAgainstOne(app, worker, name);
      await openCase(worker, id);
      await openCase(worker, id);
      done(await boss.get(`/api/cases/${id}`, { 'access-purpose': 'supervision' }));
    }
  });
  const [found, ...others] = await told(reviewer, '2026-09-21');
  expect(others).toEqual([]);
  expect(found).toMatchObject({ count: 2, actor: { id: worker.staffId } });
  expect(found?.filter.case).toBeUndefined();
  expect(found?.eventIds).toHaveLength(6);
});

it('a supervisor who reviews the work is not compared with what she does not see', async () => {
  const boss = await supervisor(app);
  await namedAs(app, boss, 'Quách Thị An');
  const { id } = await caseAgainstOne(app, worker, canary('Quách Văn '));
  await boss.get(`/api/cases/${id}`);
  expect(await notedIn(app, id)).toEqual([]);
  await boss.get(`/api/cases/${id}`, { 'access-purpose': 'supervision' });
  expect(await notedIn(app, id)).toEqual([boss.username]);
});

it('an officer of a partner is compared with the names that were sent to her, and told in both wards', async () => {
  const desk = await signIn(app, 'phuc.ca.anhai');
  const officer = await signIn(app, 'van.ca.anhai');
  await namedAs(app, officer, 'Tạ Thị Vân');
  const { id } = await caseAgainstOne(app, worker, canary('Tạ Văn '));
  const send = async (fields: readonly string[]): Promise<string> => {
    const sent = await sendReferral(app, worker, { caseId: id, recipientAgencyId: AGENCY.policeAnHai, fields });
    await acceptReferral(desk, sent.referralId, officer);
    return sent.referralId;
  };
  const [nameless, whole] = [await send(['case_code', 'risk']), await send(['case_code', 'perpetrator_identity'])];
  done(await openReferral(desk, whole));
  done(await openReferral(officer, nameless));
  expect(await notedIn(app, id)).toEqual([]);
  await story('2026-09-28', async () => done(await openReferral(officer, whole)));
  for (const who of [reviewer, wardReviewer, otherReviewer])
    expect(await told(who, '2026-09-28')).toMatchObject([{ actor: { id: officer.staffId }, count: 1 }]);
  // The ward of the partner knows that there was a case, and not which: its code is the other ward's.
  const [here, there] = [await told(wardReviewer, '2026-09-28'), await told(otherReviewer, '2026-09-28')];
  expect(here[0]?.filter.case).toBeDefined();
  expect(there[0]?.filter.case).toBeUndefined();
});

it('who is barred from the case never gets that far', async () => {
  const colleague = await aColleague(app);
  await namedAs(app, colleague, 'Khuất Gia Huy');
  const perpetrators = [{ ...aPerpetrator(), fullName: canary('Khuất Văn ') }];
  const body = aViolenceCase(app.clock, { perpetrators, exclusions: [colleague.staffId] });
  const { id } = await registerCase(app, worker, body);
  expect((await colleague.get(`/api/cases/${id}`)).status).toBe(404);
  expect(await notedIn(app, id)).toEqual([worker.username]);
  // She who bars herself by what she registers sees nothing of it afterwards, and nothing is noted about her.
  const own = { ...body, exclusions: [worker.staffId] };
  const handedOver = await registerCase(app, worker, own);
  expect(handedOver).toMatchObject({ isHandedOver: true });
  expect(await notedIn(app, handedOver.id)).toEqual([]);
});
