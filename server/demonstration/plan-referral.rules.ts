import { DAY_MS, MINUTE_MS, vietnamDay } from '../kernel/clock.ts';
import { chosenFields } from './chosen-fields.rules.ts';
import type { PlannedCall } from './planned-call.ts';
import type { Refer, Story } from './stories.ts';
import { beginThread, type Planning, type Thread, type When } from './thread.ts';

type Pace = readonly [receive: string, accept: string, look: string, start: string, end: string, read: string];

/** How long partners take for each step. */
const PACES: Readonly<Record<NonNullable<Refer['pace']>, Pace>> = {
  quick: ['PT8M', 'PT10M', 'PT12M', 'PT30M', 'PT5H', 'PT2H'],
  day: ['PT50M', 'PT2H', 'PT1H', 'PT20H', 'P3D', 'P1D'],
  slow: ['PT20H', 'PT6H', 'PT4H', 'P2D', 'P12D', 'P2D'],
};
const WAY = ['sent', 'received', 'accepted', 'in_service', 'completed'] as const;
const CONSENT_DAYS = 365;
const ENVELOPE_DAYS = 90;
const CALL_BEFORE_SENDING_MS = 6 * MINUTE_MS;

export type Referring = { story: Story; refer: Refer; beginMs: number; when: When };
type Setting = Planning & Referring & { thread: Thread; name: string; desk: string; assignee: string; pace: Pace };

/**
 * One referral from the look at the options to where it stands today; `sentMs` is when the sender was done with it.
 * An envelope's end lies ahead: what has ended cannot be worked on, not even in a played history.
 */
export function planReferral(
  planning: Planning,
  referring: Referring,
): { calls: readonly PlannedCall[]; sentMs: number } {
  const { story, refer, beginMs } = referring;
  const name = `${story.id}/${refer.key}`;
  const thread = beginThread(planning, name, beginMs);
  const desk = planning.cast.first(refer.to, 'duty_officer');
  const assignee = refer.assignee ?? planning.cast.first(refer.to, 'case_worker');
  const setting = { ...planning, ...referring, thread, name, desk, assignee, pace: PACES[refer.pace ?? 'day'] };
  send(setting);
  const sentMs = thread.lastMs();
  serve(setting);
  end(setting);
  return { calls: thread.calls, sentMs };
}

function send(setting: Setting): void {
  const { story, refer, thread, name, when } = setting;
  const by = refer.by ?? story.by;
  const inCase = { by, params: { caseId: `@${story.id}` } };
  const isOnConsent = refer.legalBasis === undefined && refer.until !== 'awaiting_consent';
  thread.add({ ...inCase, action: 'referral.options', query: { service: refer.service } }, when);
  const terms = termsOf(setting);
  if (isOnConsent)
    thread.add({ ...inCase, action: 'consent.record', body: consentOf(setting, terms), makes: `${name}/consent` }, {});
  thread.add({ ...inCase, action: 'referral.draft', body: terms, makes: name }, {});
  if (refer.until === 'draft' || refer.until === 'awaiting_consent') return;
  thread.add(
    { by, action: 'referral.dispatch', params: { referralId: `@${name}` }, body: dispatchOf(setting, isOnConsent) },
    {},
  );
}

type Terms = ReturnType<typeof termsOf>;

function termsOf({ story, refer, thread, nowMs, cast, directory, chance }: Setting) {
  const day = vietnamDay(thread.lastMs());
  const service = directory.service(refer.service, day);
  if (service === undefined) throw new Error(`demonstration data: no service ${refer.service}`);
  const fields = chosenFields(story, { matrix: directory.matrix(), sector: service.sector, also: refer.also ?? [] });
  const endsMs = Math.max(thread.lastMs() + ENVELOPE_DAYS * DAY_MS, nowMs + chance.between(30, 80) * DAY_MS);
  return {
    recipientAgencyId: cast.agency(refer.to).id,
    service: refer.service,
    urgency: refer.urgency ?? service.defaultUrgency,
    purpose: 'referral_service',
    fields,
    ...(refer.note === undefined ? {} : { note: refer.note }),
    endsOn: vietnamDay(endsMs),
  };
}

function consentOf({ story, thread }: Setting, terms: Terms): Record<string, unknown> {
  const { recipientAgencyId, purpose, fields } = terms;
  return {
    recipientAgencyId,
    purpose,
    fields,
    validUntil: vietnamDay(thread.lastMs() + CONSENT_DAYS * DAY_MS),
    consenter: consenterOf(story),
    evidence: 'SIGNATURE',
    language: 'VIE',
    explainedOn: vietnamDay(thread.lastMs()),
    textVersion: 'mau-dong-y-2026-1',
  };
}

function consenterOf({ survivor, basis }: Story): string {
  const representative = basis?.['representative'] as { isAllegedPerpetrator?: boolean } | undefined;
  if (representative?.isAllegedPerpetrator === true) return 'CHILD_PROTECTION_WORKER';
  if (basis?.code === 'INCAPACITY' || survivor.age < 7) return 'GUARDIAN';
  return survivor.age < 16 ? 'CHILD_AND_GUARDIAN' : 'SELF';
}

function dispatchOf(
  { refer, thread, name, cast, desk, directory }: Setting,
  isOnConsent: boolean,
): Record<string, unknown> {
  const urgency = refer.urgency ?? directory.service(refer.service, vietnamDay(thread.lastMs()))?.defaultUrgency;
  const calledAt = new Date(thread.lastMs() - CALL_BEFORE_SENDING_MS).toISOString();
  const spokeTo = refer.spokeTo ?? cast.person(desk).displayName;
  return {
    ...(isOnConsent ? { consentId: `@${name}/consent` } : { legalBasis: refer.legalBasis, reason: refer.reason }),
    ...(urgency === 'U0' ? { call: { calledAt, spokeTo, isReached: true } } : {}),
  };
}

/** What the recipient does, as far along the way as this referral has come. */
function serve(setting: Setting): void {
  const { refer, thread, name, desk, assignee, pace, cast } = setting;
  const params = { referralId: `@${name}` };
  const come = wayOf(refer);
  const [receive, accept, look, start, finish] = pace;
  if (come >= WAY.indexOf('received')) {
    thread.add({ by: desk, action: 'referral.open', params }, { after: receive });
    thread.add({ by: desk, action: 'referral.receive', params }, {});
  }
  if (come >= WAY.indexOf('accepted')) {
    const body = { assigneeIds: [cast.person(assignee).id], ...noteOf(refer) };
    thread.add({ by: desk, action: 'referral.accept', params, body }, { after: accept });
    thread.add({ by: assignee, action: 'referral.open', params }, { after: look });
  }
  if (come >= WAY.indexOf('in_service'))
    thread.add({ by: assignee, action: 'referral.start', params }, { after: start });
  if (come < WAY.indexOf('completed')) return;
  const body = { outcome: refer.outcome ?? 'SERVICE_GIVEN', services: [refer.service], ...noteOf(refer) };
  thread.add({ by: assignee, action: 'referral.complete', params, body }, { after: finish });
}

/** How many steps it went: by itself, or before it was declined, recalled or withdrawn. */
function wayOf({ until, from }: Refer): number {
  if (until === 'declined') return WAY.indexOf('received');
  const reached = until === 'recalled' || until === 'withdrawn' ? (from ?? 'received') : until;
  return WAY.findIndex((state) => state === reached);
}

/** How it ended otherwise, and that the sender read what came of it. */
function end(setting: Setting): void {
  const { story, refer, thread, name, desk, pace } = setting;
  const [, decide, , , , read] = pace;
  const params = { referralId: `@${name}` };
  const by = refer.by ?? story.by;
  const reason = { reason: refer.because };
  if (refer.until === 'recalled') thread.add({ by, action: 'referral.recall', params, body: reason }, { after: read });
  if (refer.until === 'withdrawn')
    thread.add(
      { by, action: 'consent.withdraw', params: { consentId: `@${name}/consent` }, body: reason },
      { after: read },
    );
  if (refer.until === 'declined')
    thread.add(
      { by: desk, action: 'referral.decline', params, body: { ...reason, ...noteOf(refer) } },
      { after: decide },
    );
  if (refer.until === 'declined' || refer.until === 'completed')
    thread.add({ by, action: 'referral.open', params }, { after: read });
}

function noteOf({ answer }: Refer): { note?: string } {
  return answer === undefined ? {} : { note: answer };
}
