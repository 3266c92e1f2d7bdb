import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { AuditLine } from '../../server/audit/audit.contract.ts';
import type { Outlier } from '../../server/audit/overview.contract.ts';
import { dutyHoursOf, fill, rulesOn } from '../../server/audit/outliers.rules.ts';
import { READING_ACTIONS } from '../../server/audit/reads.rules.ts';
import { readAuditRules } from '../../server/directory/audit-rules.ts';
import { ACTIONS } from '../../server/policy/actions.ts';
import {
  accountOf,
  aCaseWorker,
  aColleague,
  auditor,
  policeDesk,
  signIn,
  stranger,
  strangerDesk,
  type Person,
} from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { eventsOf } from '../support/log-book.ts';
import { openCase, registerCase, sendReferral } from '../support/seed.ts';

const app = await startApp();
const rules = readAuditRules();
const worker = await aCaseWorker(app);
const reviewer = await auditor(app);
await app.database.ask(`insert into hien.staff_role values ($1, 'auditor')`, [accountOf('chau.ubnd.sontra').staffId]);
const wardReviewer = await signIn(app, 'chau.ubnd.sontra');

/** Each story has a week of its own, so that the stories do not add up. */
const dayMs = 86_400_000;
function week(monday: string): string {
  const from = Date.parse(`${monday}T00:00:00+07:00`);
  return `from=${new Date(from).toISOString()}&to=${new Date(from + 7 * dayMs).toISOString()}`;
}

async function outliers(who: Person, stretch: string): Promise<Outlier[]> {
  const reply = await who.get<{ items: Outlier[] }>(`/api/audit/outliers?${stretch}`);
  if (reply.status !== 200) throw new Error(reply.text);
  return reply.body.items;
}

function limitOf(code: string): number {
  return rules.rules.find((rule) => rule.code === code)?.limit ?? 0;
}

async function at(moment: string, run: () => Promise<unknown>): Promise<void> {
  app.clock.set(moment);
  await run();
  app.clock.set(new Date().toISOString());
}

async function times(count: number, run: () => Promise<unknown>): Promise<void> {
  for (let done = 0; done < count; done += 1) await run();
}

it('many different cases within an hour are one outlier in words; the same case again and again is none', async () => {
  const limit = limitOf('bulk_reads');
  const ids: string[] = [];
  await at('2026-10-05T09:00:00+07:00', () => times(limit, async () => ids.push((await registerCase(app, worker)).id)));
  await at('2026-10-06T09:40:00+07:00', () => times(limit + 3, () => openCase(worker, ids[0] ?? '')));
  expect(await outliers(reviewer, week('2026-10-05'))).toEqual([]);
  // Over the border of an hour: the windows overlap, so it is not cut in two.
  await at('2026-10-07T09:45:00+07:00', async () => {
    for (const id of ids.slice(0, limit / 2)) await openCase(worker, id);
  });
  await at('2026-10-07T10:10:00+07:00', async () => {
    for (const id of ids.slice(limit / 2)) await openCase(worker, id);
  });
  const [found, ...others] = await outliers(reviewer, week('2026-10-05'));
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    rule: { code: 'bulk_reads' },
    severity: 'high',
    count: limit,
    limit,
    actor: { id: worker.staffId },
  });
  expect(found?.sentenceVi).toContain(`đã mở ${limit} hồ sơ khác nhau`);
  expect(found?.sentenceEn).toContain(`opened ${limit} different cases`);
  expect(found?.eventIds).toHaveLength(Math.min(limit, 20));
});

it('its filter finds exactly its events in the log', async () => {
  const [found] = await outliers(reviewer, week('2026-10-05'));
  const { actor = '', from = '', to = '', outcome = '' } = found?.filter ?? {};
  const query = new URLSearchParams({ actor, from, to, outcome, action: 'case.open', limit: '200' });
  const lines = await reviewer.get<{ items: AuditLine[] }>(`/api/audit/events?${query.toString()}`);
  expect(new Set(lines.body.items.map((line) => line.id))).toEqual(new Set(found?.eventIds));
});

it('refused tries are counted by the day, and reaching for cases of another ward by the week', async () => {
  const intruder = await stranger(app);
  const made: string[] = [];
  await times(limitOf('outside_area'), async () => made.push((await registerCase(app, worker)).id));
  await at('2026-10-13T10:00:00+07:00', async () => {
    for (const id of made) await intruder.get(`/api/cases/${id}`);
  });
  const byRule = async () =>
    (await outliers(reviewer, week('2026-10-12'))).map(({ rule, count }) => [rule.code, count]);
  expect(await byRule()).toEqual([['outside_area', made.length]]);
  await at('2026-10-13T11:00:00+07:00', () =>
    times(limitOf('refused_attempts') - made.length, () => intruder.get(`/api/cases/${made[0] ?? ''}`)),
  );
  expect(await byRule()).toEqual([
    ['outside_area', made.length],
    ['refused_attempts', limitOf('refused_attempts')],
  ]);
  // The ward whose cases were reached for sees the intruder too, though she works elsewhere.
  const [seen] = await outliers(wardReviewer, week('2026-10-12'));
  expect(seen).toMatchObject({ rule: { code: 'outside_area' }, actor: { id: intruder.staffId } });
});

it('a colleague who is refused in the own ward does not leave her area', async () => {
  const colleague = await aColleague(app);
  const { id } = await registerCase(app, worker);
  await at('2026-10-20T10:00:00+07:00', () =>
    times(limitOf('refused_attempts'), () => colleague.get(`/api/cases/${id}`)),
  );
  expect((await outliers(reviewer, week('2026-10-19'))).map(({ rule }) => rule.code)).toEqual(['refused_attempts']);
});

it('a referral that was sent to another ward does not make its desk leave the own area', async () => {
  const desk = await strangerDesk(app);
  const sent: { referralId: string }[] = [];
  for (let count = 0; count < limitOf('outside_area'); count += 1)
    sent.push(await sendReferral(app, worker, { recipientAgencyId: desk.agencyId, urgency: 'U3' }));
  await at('2026-10-27T10:00:00+07:00', async () => {
    for (const { referralId } of sent) await desk.get(`/api/referrals/${referralId}`);
  });
  expect(await outliers(reviewer, week('2026-10-26'))).toEqual([]);
});

it('work outside the agency’s own hours is odd for an office, and not for a desk that never closes', async () => {
  const desk = await policeDesk(app);
  const limit = limitOf('odd_hours');
  await at('2026-09-07T22:30:00+07:00', async () => {
    await times(limit, () => worker.get('/api/cases'));
    await times(limit, () => desk.get('/api/referrals?box=inbox'));
  });
  await at('2026-09-08T09:30:00+07:00', () => times(limit, () => worker.get('/api/cases')));
  const found = await outliers(reviewer, week('2026-09-07'));
  expect(found.map(({ rule, actor, count }) => [rule.code, actor.id, count])).toEqual([
    ['odd_hours', worker.staffId, limit],
  ]);
});

it('lines taken out of lists add up over a day', async () => {
  const limit = limitOf('export_spikes');
  const [{ lines }] = (await app.database.ask<{ lines: number }>(
    `select count(*)::int as lines from hien.case_file where owner_agency_id = $1`,
    [worker.agencyId],
  )) as [{ lines: number }];
  const looks = Math.ceil(limit / Math.min(lines, 25));
  await at('2026-09-15T10:00:00+07:00', () => times(looks, () => worker.get('/api/cases?limit=25')));
  expect((await outliers(reviewer, week('2026-09-14'))).map(({ rule }) => rule.code)).toEqual(['export_spikes']);
});

it('an auditor of a ward sees the outliers of that ward only', async () => {
  const intruder = await stranger(app);
  const { id } = await registerCase(app, intruder);
  await at('2026-08-03T10:00:00+07:00', async () => {
    const other = await signIn(app, 'nhat.vhxh.anhai');
    await times(limitOf('refused_attempts'), () => other.get(`/api/cases/${id}`));
  });
  expect(await outliers(reviewer, week('2026-08-03'))).toHaveLength(1);
  expect(await outliers(wardReviewer, week('2026-08-03'))).toEqual([]);
});

it('the look is an event, and nobody else looks', async () => {
  const [event] = await eventsOf(app, () => outliers(reviewer, week('2026-10-05')));
  expect(event).toMatchObject({ action: 'audit.outliers', actor: reviewer.staffId, purpose: 'review', count: 1 });
  for (const other of [worker, await stranger(app), await policeDesk(app)])
    expect((await other.get(`/api/audit/outliers?${week('2026-10-05')}`)).problem.code).toBe('NOT_ALLOWED');
});

it('rules hold from their first day to the day before their last, the gravest first', () => {
  const [first] = rules.rules;
  if (first === undefined) throw new Error('there are no rules');
  const dated = {
    ...rules,
    rules: [{ ...first, severity: 'low' as const, validFrom: '2026-01-01', validTo: '2026-07-01' }, first],
  };
  expect(rulesOn(dated, '2026-06-30').map((rule) => rule.severity)).toEqual(['high', 'low']);
  expect(rulesOn(dated, '2026-07-01').map((rule) => rule.severity)).toEqual(['high']);
  expect(rulesOn(dated, '2020-01-01')).toEqual([]);
});

it('hours of a desk are read from its words, with grace on both sides', () => {
  expect(dutyHoursOf(rules, '24/7')).toMatchObject({ opens: 0, closes: 1440, days: [1, 2, 3, 4, 5, 6, 7] });
  expect(dutyHoursOf(rules, '07:30–17:00')).toMatchObject({ opens: 390, closes: 1080, days: [1, 2, 3, 4, 5] });
  expect(dutyHoursOf(rules, 'theo lịch trực')).toEqual(dutyHoursOf(rules, null));
});

it('every sentence of the data is whole in both languages, and rules name actions that exist', () => {
  for (const { code, sentenceVi, sentenceEn, actions } of rules.rules) {
    for (const sentence of [sentenceVi, sentenceEn]) {
      const filled = fill(sentence, { name: 'A', agency: 'B', count: 7, limit: 3 });
      expect(filled, code).toMatch(/A \(B\).*7.*3/);
      expect(filled, code).not.toMatch(/[{}]/);
      expect(sentence.normalize('NFC'), code).toBe(sentence);
    }
    for (const action of [...actions, ...READING_ACTIONS]) expect(ACTIONS, code).toContain(action);
  }
  const raw = readFileSync(new URL('../../server/directory/data/audit-rules.json', import.meta.url), 'utf8');
  expect(() => readAuditRules(raw.replace('"PT1H"', '"an hour"'))).toThrow();
});
