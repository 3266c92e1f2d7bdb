import { DAY_MS, vietnamDay } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { chanceOf } from './chance.ts';
import { registrationOf } from './persona.rules.ts';
import { plannedCall, type PlannedCall } from './planned-call.ts';
import { planReferral } from './plan-referral.rules.ts';
import { instantOf } from './schedule.rules.ts';
import type { Glance, History, People, Step, Story, Unfinished } from './stories.ts';
import { beginThread, type Planning, type Thread, type When } from './thread.ts';

/** What planning the whole history takes; chance is each story's own. */
export type Ground = Omit<Planning, 'chance'>;

/** The whole history as calls in the order in which they happened. */
export function planHistory(ground: Ground, history: History): PlannedCall[] {
  const { people } = history;
  const calls = [
    ...history.stories.flatMap((story) =>
      planStory({ ...ground, chance: chanceOf(`${story.id} times`) }, story, people),
    ),
    ...history.unfinished.map((unfinished) => planUnfinished(ground, unfinished)),
    ...history.glances.flatMap((glance, nth) => planGlance(ground, glance, nth)),
  ];
  return calls.toSorted((a, b) => a.atMs - b.atMs || (a.key < b.key ? -1 : 1));
}

function planStory(planning: Planning, story: Story, people: People): PlannedCall[] {
  const atMs = instantOf(story.at, planning.nowMs, planning.cast.deskOf(story.by));
  const thread = beginThread(planning, story.id, atMs - DAY_MS);
  const body = registrationOf(story, { atMs, people });
  thread.add({ by: story.by, action: 'case.register', body, makes: story.id }, { at: story.at });
  thread.add({ by: story.by, action: 'case.open', params: { caseId: `@${story.id}` } }, {});
  const referrals: PlannedCall[] = [];
  for (const step of story.steps) {
    if (step.do !== 'refer') {
      addDeeds(thread, deedsOf(story, step, body), { at: step.at, after: step.after });
      continue;
    }
    // A referral runs beside the case; the sender's next deed waits only until it was sent.
    const when = { at: step.at, after: step.after };
    const planned = planReferral(planning, { story, refer: step, beginMs: thread.lastMs(), when });
    referrals.push(...planned.calls);
    thread.waitUntil(planned.sentMs);
  }
  return [...thread.calls, ...referrals];
}

type Deed = Parameters<Thread['add']>[0];

/** The first at its time, the others right after it. */
function addDeeds(thread: Thread, deeds: readonly Deed[], when: When): void {
  for (const [nth, deed] of deeds.entries()) thread.add(deed, nth === 0 ? when : {});
}

function deedsOf(story: Story, step: Exclude<Step, { do: 'refer' }>, registration: Record<string, unknown>): Deed[] {
  const ofCase = { caseId: `@${story.id}` };
  const { by = story.by } = step;
  if (step.do === 'change') {
    // The risk is judged anew first; moving the work on afterwards says that she was spoken to.
    const bodies = [{ risk: step.risk }, { stage: step.stage }].filter((body) => Object.values(body).some(Boolean));
    return bodies.map((body) => ({ by, action: 'case.change', params: ofCase, body, versionOf: story.id }));
  }
  const { isRefused = false, referral = '' } = step;
  const deeds: Record<typeof step.do, Pick<Deed, 'action' | 'params' | 'body'>> = {
    open: { action: 'case.open', params: ofCase },
    accesses: { action: 'case.view_accesses', params: ofCase },
    search: { action: 'case.search', body: searchFor(registration) },
    openReferral: { action: 'referral.open', params: { referralId: `@${story.id}/${referral}` } },
  };
  return [{ by, isRefused, ...deeds[step.do] }];
}

function searchFor(registration: Record<string, unknown>): Record<string, unknown> {
  const { fullName, bornOn } = registration['survivor'] as { fullName: string; bornOn: string };
  return { fullName, birthYear: Number(bornOn.slice(0, 4)) };
}

function planUnfinished({ nowMs, cast }: Ground, { id, by, at, page, content }: Unfinished): PlannedCall {
  const atMs = instantOf(at, nowMs, cast.deskOf(by));
  const typed = Object.entries(content).map(([field, value]) => [field, dateTyped(value, atMs)]);
  return plannedCall({
    key: `unfinished/${id}`,
    atMs,
    by,
    action: 'draft.save',
    params: { draftId: newId() },
    body: { page, content: Object.fromEntries(typed) },
  });
}

/** `{daysBefore: 2}` as the three fields of a date; anything else as it is. */
function dateTyped(value: unknown, atMs: number): unknown {
  if (typeof value !== 'object' || value === null || !('daysBefore' in value)) return value;
  const [year = '', month = '', day = ''] = vietnamDay(atMs - Number(value.daysBefore) * DAY_MS).split('-');
  return { day: String(Number(day)), month: String(Number(month)), year };
}

const GLANCES: Readonly<Record<Glance['do'], Pick<PlannedCall, 'action' | 'query'>>> = {
  cases: { action: 'case.list', query: {} },
  inbox: { action: 'referral.list', query: { box: 'inbox' } },
  outbox: { action: 'referral.list', query: { box: 'outbox' } },
  log: { action: 'audit.search', query: { limit: '50' } },
};

function planGlance({ nowMs, cast }: Ground, glance: Glance, nth: number): PlannedCall[] {
  return glance.at.map((moment, index) =>
    plannedCall({
      ...GLANCES[glance.do],
      key: `glance/${nth}/${index}`,
      atMs: instantOf(moment, nowMs, cast.deskOf(glance.by)),
      by: glance.by,
    }),
  );
}
