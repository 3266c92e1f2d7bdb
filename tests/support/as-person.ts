import { runWork } from '../../server/db/work.ts';
import type { Person } from './actors.ts';
import type { TestApp } from './app.ts';

/** Rows of SQL that runs with the application's rights, bound to a person who has signed in. */
export async function asPerson(app: TestApp, who: Person, sql: string): Promise<unknown[]> {
  const request = {
    bearer: Buffer.from(who.cookie().split('=')[1] ?? '', 'base64url'),
    purpose: 'case_work',
    deed: { action: 'case.open' },
    requestId: 'test',
    occurredAtMs: app.clock.now(),
    isDemonstration: false,
  };
  return runWork(app.context.performer.appPorts, request, async (work) => {
    work.record({});
    return (await work.run(sql, [])).rows;
  });
}
