import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedDemonstration } from '../../server/demonstration/index.ts';
import { DAY_MS } from '../../server/kernel/clock.ts';
import { aStage, type Stage } from './stage.ts';

type Logged = {
  recordedAt: Date;
  occurredAt: Date;
  outcome: string;
  action: string;
  request: string;
  isDemonstration: boolean;
};

/** What people did; the system's own jobs happen today and are no part of the history. */
const LOG = `select recorded_at as "recordedAt", occurred_at as "occurredAt", outcome, action,
  convert_from(event, 'UTF8')::jsonb ->> 'request' as request,
  coalesce((convert_from(event, 'UTF8')::jsonb ->> 'demonstration')::boolean, false) as "isDemonstration"
  from hien.audit_event where actor_id is not null order by recorded_at, id`;

/** A process that is killed never comes back to its `finally`; an error at the next call is as near as one process gets. */
class Killed extends Error {}

describe('the history of the demonstration', () => {
  let stage: Stage;
  let begunMs = 0;
  let log: Logged[] = [];
  const killedAt: number[] = [];

  beforeAll(async () => {
    stage = await aStage();
    begunMs = Date.now();
    for (const limit of [0, 1, 40, 333]) await seedAndBreak(stage, limit, killedAt);
    await seedDemonstration(stage.context, stage.seeding);
    log = await stage.database.ask<Logged>(LOG);
  });
  afterAll(() => stage.close());

  const countsOf = async (sql: string): Promise<Record<string, number>> =>
    Object.fromEntries(
      (await stage.database.ask<{ name: string; count: number }>(sql)).map(({ name, count }) => [name, Number(count)]),
    );

  it('goes on where it was cut off: every call stands in the log once', () => {
    expect(killedAt.length).toBe(4);
    expect(new Set(log.map((event) => event.request)).size).toBe(log.length);
    expect(log.length).toBeGreaterThan(700);
  });

  it('is played once: a later start adds nothing and keeps the accounts', async () => {
    const before = await stage.accounts();
    await seedDemonstration(stage.context, stage.seeding);
    expect(await stage.database.ask(LOG)).toHaveLength(log.length);
    expect(await stage.accounts()).toEqual(before);
    expect(before).toHaveLength(47);
  });

  it('leaves cases in every stage of work, in both wards and of both kinds', async () => {
    const stages = await countsOf('select stage as name, count(*) from hien.case_file group by 1');
    expect(Object.keys(stages).toSorted()).toEqual(['case_plan', 'new', 'service_provision', 'services_implemented']);
    expect(Object.values(stages).reduce((sum, count) => sum + count)).toBe(40);
    const wards = await countsOf(
      `select a.area_code as name, count(*) from hien.case_file c join hien.agency a on a.id = c.owner_agency_id group by 1`,
    );
    expect(Object.keys(wards).toSorted()).toEqual(['20263', '20275', '48']);
    const [row] = await stage.database.ask<{ all: boolean }>(
      'select bool_and(is_demonstration) as all from hien.case_file',
    );
    expect(row?.all).toBe(true);
  });

  it('leaves referrals in every state that somebody can bring about', async () => {
    const states = await countsOf('select state as name, count(*) from hien.referral group by 1');
    expect(Object.keys(states).toSorted()).toEqual([
      'accepted',
      'awaiting_consent',
      'completed',
      'declined',
      'draft',
      'in_service',
      'recalled',
      'received',
      'sent',
      'withdrawn',
    ]);
    const [late] = await stage.database.ask<{ overdue: number; urgent: number }>(
      `select count(*) filter (where due_at < now())::int as overdue, count(*) filter (where priority = 0 and due_at > now() - interval '1 hour')::int as urgent
         from hien.referral where state = 'sent'`,
    );
    expect(late?.overdue).toBeGreaterThan(0);
    expect(late?.urgent).toBe(1);
  });

  it('holds a conflict of interest that was found, and a doubt that waits for the supervisor', async () => {
    const people = `join hien.staff p on p.id = b.staff_id join hien.case_file c on c.id = b.case_id join hien.staff w on w.id = c.created_by`;
    const bars = await stage.database.ask(
      `select p.username as who, w.username as by, b.field from hien.conflict_bar b ${people} where b.origin = 'match'`,
    );
    expect(bars).toEqual([{ who: 'long.ubnd.sontra', by: 'huy.vhxh.sontra', field: 'phone' }]);
    const doubts = await stage.database.ask(
      `select p.username as who, w.username as by from hien.conflict_doubt b ${people} where b.answer is null`,
    );
    expect(doubts).toContainEqual({ who: 'huy.vhxh.sontra', by: 'lan.vhxh.sontra' });
  });

  it('tells when each event was really recorded and when it is said to have occurred', () => {
    for (const event of log) {
      expect(event.isDemonstration, event.action).toBe(true);
      expect(event.recordedAt.getTime()).toBeGreaterThanOrEqual(begunMs);
      expect(event.recordedAt.getTime()).toBeLessThanOrEqual(Date.now());
      expect(event.occurredAt.getTime()).toBeLessThan(event.recordedAt.getTime());
    }
    const earliest = Math.min(...log.map((event) => event.occurredAt.getTime()));
    expect((begunMs - earliest) / DAY_MS).toBeGreaterThan(220);
    const young = log.filter((event) => event.occurredAt.getTime() > begunMs - 59 * DAY_MS);
    expect(young.map((event) => event.occurredAt)).toEqual(
      young.map((event) => event.occurredAt).toSorted((a, b) => a.getTime() - b.getTime()),
    );
  });

  it('holds refused tries, and work at odd hours, for the auditor to find', () => {
    const refused = log.filter((event) => event.outcome === 'refused');
    expect(refused.length).toBeGreaterThanOrEqual(4);
    expect(new Set(refused.map((event) => event.action))).toEqual(new Set(['case.open']));
    const night = log.filter((event) => (event.occurredAt.getUTCHours() + 7) % 24 < 5 && event.action === 'case.open');
    expect(night.length).toBeGreaterThanOrEqual(3);
  });

  it('gives people believable lists, and ends the sessions it worked with', async () => {
    const [lists] = await stage.database.ask<{
      cases: number;
      drafts: number;
      inbox: number;
      states: number;
      open: number;
    }>(
      `select (select count(*)::int from hien.case_file c join hien.staff s on s.id = c.assignee_id where s.username = 'lan.vhxh.sontra') as cases,
         (select count(*)::int from hien.registration_draft d join hien.staff s on s.id = d.staff_id where s.username = 'lan.vhxh.sontra' and d.expires_at > now()) as drafts,
         (select count(*)::int from hien.referral r join hien.staff s on s.agency_id = r.recipient_agency_id where s.username = 'toan.ca.sontra') as inbox,
         (select count(distinct state)::int from hien.referral r join hien.staff s on s.agency_id = r.recipient_agency_id where s.username = 'toan.ca.sontra') as states,
         (select count(*)::int from hien.staff_session where ended_at is null) as open`,
    );
    expect(lists).toEqual({ cases: 8, drafts: 3, inbox: 8, states: 7, open: 0 });
  });
});

/** Seeds until that many calls of history are done, then stops dead. With 0 it stops before the accounts are stored. */
async function seedAndBreak(stage: Stage, limit: number, killedAt: number[]): Promise<void> {
  const progress = {
    step: () => {},
    count: (text: string, done: number) => {
      const isHistory = text.includes('history');
      if (isHistory ? done > limit : limit === 0 && done === 47) throw new Killed();
    },
  };
  await seedDemonstration(stage.context, { ...stage.seeding, progress }).catch((error: unknown) => {
    if (!(error instanceof Killed)) throw error;
    killedAt.push(limit);
  });
}
