import { beforeEach, describe, expect, test } from 'vitest';
import { ApiProblem, type Api, type CallOptions } from '../../client/app/api.ts';
import { networkProblem, problemFrom } from '../../client/app/api/problem.ts';
import { createKeptStore, type KeptStore } from '../../client/app/kept/kept-store.ts';
import { dispatchReferral } from '../../client/features/refer/dispatch.ts';
import { saveDraft, savedDraft } from '../../client/features/refer/save-draft.ts';
import type { DraftReferralBody } from '../../server/referrals/referrals.contract.ts';

type Called = { method: string; path: string; body: unknown; options: CallOptions | undefined };
type Answer = { data?: unknown; etag?: string; problem?: ApiProblem };

let calls: Called[];
let answers: Answer[];
let kept: KeptStore;

async function next(called: Called): Promise<never> {
  calls.push(called);
  const answer = answers.shift() ?? {};
  if (answer.problem) throw answer.problem;
  return { data: answer.data, etag: answer.etag ?? null } as never;
}

const api: Api = {
  file: (path) => next({ method: 'GET', path, body: undefined, options: undefined }),
  get: (path, options) => next({ method: 'GET', path, body: undefined, options }),
  post: (path, body, options) => next({ method: 'POST', path, body, options }),
  put: (path, body, options) => next({ method: 'PUT', path, body, options }),
  patch: (path, body, options) => next({ method: 'PATCH', path, body, options }),
  delete: (path, options) => next({ method: 'DELETE', path, body: undefined, options }),
};

const at = { caseId: 'case', slot: 'slot' };
const draft: DraftReferralBody = {
  recipientAgencyId: 'agency',
  service: 'POL.STATEMENT',
  urgency: 'U2',
  purpose: 'referral_service',
  fields: ['name'],
  note: '',
  endsOn: '2027-01-01',
};
const refusal = (status: number, code: string) => problemFrom(status, { code }, null);
const path = () => calls.map((call) => `${call.method} ${call.path}`);

beforeEach(() => {
  calls = [];
  answers = [];
  kept = createKeptStore();
});

describe('a draft', () => {
  test('is made once, left alone when nothing changed, and changed upon its version', async () => {
    answers = [
      { data: { id: 'r' }, etag: '"1"' },
      { data: { id: 'r' }, etag: '"2"' },
    ];
    await saveDraft({ api, kept }, at, draft);
    await saveDraft({ api, kept }, at, draft);
    await saveDraft({ api, kept }, at, { ...draft, urgency: 'U1' });
    expect(path()).toEqual(['POST /api/cases/case/referrals', 'PATCH /api/referrals/r']);
    expect(calls[1]?.options?.ifMatch).toBe('"1"');
    expect(calls[1]?.body).not.toHaveProperty('recipientAgencyId');
    expect(savedDraft({ kept }, 'slot')?.etag).toBe('"2"');
  });

  test('is asked for with the same key after a broken line', async () => {
    answers = [{ problem: networkProblem() }, { data: { id: 'r' }, etag: '"1"' }];
    await expect(saveDraft({ api, kept }, at, draft)).rejects.toBeInstanceOf(ApiProblem);
    await saveDraft({ api, kept }, at, draft);
    expect(calls[0]?.options?.intention).toBe(calls[1]?.options?.intention);
  });

  test('that was changed elsewhere is changed upon the newer version at the next attempt', async () => {
    answers = [
      { data: { id: 'r' }, etag: '"1"' },
      { problem: refusal(412, 'VERSION_STALE') },
      { data: { id: 'r' }, etag: '"5"' },
      { data: { id: 'r' }, etag: '"6"' },
    ];
    await saveDraft({ api, kept }, at, draft);
    await expect(saveDraft({ api, kept }, at, { ...draft, urgency: 'U1' })).rejects.toMatchObject({
      code: 'VERSION_STALE',
    });
    await saveDraft({ api, kept }, at, { ...draft, urgency: 'U1' });
    expect(calls.at(-1)?.options?.ifMatch).toBe('"5"');
  });
});

describe('sending', () => {
  const wanted = { draft, dispatch: { consentId: 'consent' } };

  test('that arrived although the answer was lost is told as sent', async () => {
    answers = [
      { data: { id: 'r' }, etag: '"1"' },
      { problem: networkProblem() },
      { problem: refusal(409, 'STATE_CONFLICT') },
      { data: { id: 'r', sentAt: '2026-11-22T00:00:00Z' } },
    ];
    await expect(dispatchReferral({ api, kept }, at, wanted)).rejects.toMatchObject({ status: 0 });
    const answer = await dispatchReferral({ api, kept }, at, wanted);
    expect(answer.data.sentAt).not.toBeNull();
    expect(path().filter((each) => each === 'POST /api/cases/case/referrals')).toHaveLength(1);
  });

  test('that is refused keeps the draft for the next attempt', async () => {
    answers = [{ data: { id: 'r' }, etag: '"1"' }, { problem: refusal(409, 'CONSENT_MISSING') }, { data: { id: 'r' } }];
    await expect(dispatchReferral({ api, kept }, at, wanted)).rejects.toMatchObject({ code: 'CONSENT_MISSING' });
    await dispatchReferral({ api, kept }, at, wanted);
    expect(path()).toEqual([
      'POST /api/cases/case/referrals',
      'POST /api/referrals/r/dispatch',
      'POST /api/referrals/r/dispatch',
    ]);
  });

  test('does not pass over a draft that was discarded meanwhile', async () => {
    answers = [
      { data: { id: 'r' }, etag: '"1"' },
      { problem: refusal(409, 'STATE_CONFLICT') },
      { data: { id: 'r', sentAt: null } },
    ];
    await expect(dispatchReferral({ api, kept }, at, wanted)).rejects.toMatchObject({ code: 'STATE_CONFLICT' });
  });
});
