import { afterAll, describe, expect, it } from 'vitest';
import type { EventV1 } from '../../server/audit/event.rules.ts';
import { startApp } from '../support/app.ts';
import { breakables, type Breakable } from '../support/breakable.ts';
import { faultsOf, type Fault } from '../support/faults.ts';
import type { Reply } from '../support/http.ts';
import { eventsAfter, markOf } from '../support/log-book.ts';
import { expectFailure, requireQuiet, stateOfAll } from '../support/whole-state.ts';

const app = await startApp();
const requests = await breakables(app);
const faults = faultsOf(app);

type Attempt = { reply: Reply<unknown>; struck: string | null; events: EventV1[]; isChanged: boolean };

async function attempt({ ask }: Breakable, fault: Fault, nth: number): Promise<Attempt> {
  const before = await stateOfAll(app);
  const mark = await markOf(app);
  faults.arm(fault, nth);
  const reply = await ask();
  const struck = faults.disarm();
  if (fault === 'reply lost') await requireQuiet(app);
  const events = await eventsAfter(app, mark);
  const after = await stateOfAll(app);
  return { reply, struck, events, isChanged: JSON.stringify(after) !== JSON.stringify(before) };
}

const figures: string[] = [];
let attempts = 0;
afterAll(() => {
  process.stdout.write(`faults: ${attempts} in ${requests.length} kinds of request; steps: ${figures.join(', ')}\n`);
});

describe.each(requests)('$what', (request) => {
  const { what, status } = request;

  /** Where nothing was struck there may be words, and there is their event; otherwise there is nothing. */
  function judge({ reply, struck, events, isChanged }: Attempt, nth: number): void {
    if (struck === null) {
      expect(reply.status, reply.text).toBe(status);
      expect(events).toMatchObject([deedOf(request)]);
      return;
    }
    const where = `${what}, step ${nth}: ${struck}`;
    expectFailure(reply, 'SERVICE_UNAVAILABLE', where);
    expect({ events, isChanged }, where).toEqual({ events: [], isChanged: false });
    attempts += 1;
  }

  it('breaks at each step without a trace: 503, no word, no row, no event, no transaction left open', async () => {
    let nth = 1;
    for (; ; nth += 1) {
      const first = await attempt(request, nth % 2 === 0 ? 'disk full' : 'lock timeout', nth);
      judge(first, nth);
      if (first.struck === null) break;
      const second = await attempt(request, 'backend terminated', nth);
      judge(second, nth);
      // Now and then a request asks once more than the next one (what is read again after a while): then this one passed.
      if (second.struck === null) break;
    }
    await requireQuiet(app);
    figures.push(`${what} ${nth - 1}`);
    expect(nth, 'connect, begin, bind, savepoint, the deed, append, commit').toBeGreaterThan(6);
  });
});

// After a change the same request is another one; what becomes of those is told in log-refused.test.ts.
describe.each(requests.filter(({ isChange }) => !isChange))('$what', (request) => {
  const { what } = request;

  it('says 503 where its answer is lost on the way, and its event stands whole or not at all', async () => {
    for (let nth = 1; ; nth += 1) {
      const { reply, struck, events } = await attempt(request, 'reply lost', nth);
      if (struck === null) break;
      expectFailure(reply, 'SERVICE_UNAVAILABLE', `${what}, step ${nth}: ${struck}`);
      expect(events.length).toBeLessThanOrEqual(1);
      for (const event of events) expect(event).toMatchObject(deedOf(request));
      attempts += 1;
    }
  });
});

function deedOf({ action, status }: Breakable) {
  return { action, outcome: status < 400 ? 'done' : 'refused' };
}
