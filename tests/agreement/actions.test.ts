import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { answered, keepAsItWas, mayState, OPEN, questionsAbout, said, send, type Answered } from './http-answers.ts';
import { aHttpStage, type HttpStage } from './http-stage.ts';
import { KNOWN_ACTIONS } from './oracle.ts';
import { draws, scaled } from './scale.ts';

/** So many allowed and so many refused requests of each route; with fewer, not every action would get to its end. */
const OF_EACH = Math.max(8, scaled(8));

type Story = { name: string; app: TestApp; stage: HttpStage; answers: Answered[] };

/** Each draw has a system of its own. */
const stories: Story[] = [];
for (const { name, seed } of draws(1)) {
  const app = await startApp({ sequences: true });
  const stage = await aHttpStage(app, seed);
  await keepAsItWas(app);
  stories.push({ name: `${name} seed ${seed}`, app, stage, answers: await ask(app, stage, seed) });
}

async function ask(app: TestApp, stage: HttpStage, seed: number): Promise<Answered[]> {
  const answers: Answered[] = [];
  for (const endpoint of app.context.endpoints)
    for (const question of questionsAbout(app, endpoint, { stage, seed, ofEach: OF_EACH }))
      answers.push(await answered(app, stage, question));
  return answers;
}

const strip = (text: string): string => text.replaceAll(/urn:uuid:[0-9a-f-]+/g, '');
const actionsOf = (answers: readonly Answered[]): Set<string> =>
  new Set(answers.map(({ endpoint }) => endpoint.action));

it('every route does for each person, object and purpose what the prose says', () => {
  for (const { name, app, stage, answers } of stories) {
    const wrong = answers.filter(
      ({ expected, outcome }) => outcome === 'broken' || expected !== (outcome !== 'refused'),
    );
    expect(wrong.slice(0, 8).map(said), `${wrong.length} of ${answers.length} differ, ${name}`).toEqual([]);
    const { endpoints } = app.context;
    expect(new Set(answers.map(({ endpoint }) => endpoint)).size, 'each route was asked').toBe(endpoints.length);
    process.stdout.write(
      `agreement over HTTP: ${answers.length} requests to ${endpoints.length} routes by ${stage.callers.length} people (${name})\n`,
    );
  }
});

it('the prose knows the action of every route', () => {
  const known = [...OPEN, ...KNOWN_ACTIONS.map(({ action }) => action)];
  for (const { action } of stories[0]?.app.context.endpoints ?? []) expect(known).toContain(action);
});

it('each action is carried out by somebody to its end, and refused to somebody if it can be', () => {
  // Of the fixed draw, so that chance neither proves it nor spoils it.
  const all = stories.slice(0, 1).flatMap(({ answers }) => answers);
  const carriedOut = actionsOf(all.filter(({ outcome }) => outcome === 'carried out'));
  const refused = actionsOf(all.filter(({ outcome }) => outcome === 'refused'));
  const actions = [...actionsOf(all)];
  expect(actions.filter((action) => !carriedOut.has(action))).toEqual([]);
  expect(actions.filter((action) => !refused.has(action) && !OPEN.includes(action))).toEqual([]);
});

it('whoever does not know an object gets the answer for one that does not exist, word for word', async () => {
  let compared = 0;
  for (const { app, stage, answers } of stories)
    for (const each of answers) {
      const { target, caller, endpoint, reply, outcome } = each;
      if (outcome !== 'refused' || !('param' in endpoint.subject)) continue;
      if (!mayState(app, each) || target.isKnown(caller.who)) continue;
      expect(reply.problem.code, said(each)).toBe('NOT_FOUND');
      const unknown = await send(stage, { ...each, target: { ...target, id: randomUUID() } });
      expect([unknown.status, strip(unknown.text)], said(each)).toEqual([reply.status, strip(reply.text)]);
      compared += 1;
    }
  expect(compared).toBeGreaterThan(20);
}, 120_000);

it('every refusal is in the log, with the person who was refused', async () => {
  for (const { app, answers } of stories) {
    const rows = await app.database.ask<{ request: string; actor: string }>(
      `select convert_from(event, 'UTF8')::jsonb ->> 'request' as request, actor_id as actor from hien.audit_event where outcome = 'refused'`,
    );
    const logged = new Map(rows.map(({ request, actor }) => [request, actor]));
    const refused = answers.filter(({ outcome }) => outcome === 'refused');
    expect(refused.length).toBeGreaterThan(OF_EACH);
    for (const each of refused)
      expect(logged.get(each.reply.problem.instance.replace('urn:uuid:', '')), said(each)).toBe(each.caller.who.id);
  }
});
