import { caseIdParams } from '../cases/cases.contract.ts';
import type { Directory } from '../directory/directory.ts';
import { endpoint, type Endpoint } from '../http/endpoint.ts';
import { nothing } from '../kernel/fields.contract.ts';
import type { Keys } from '../keys/index.ts';
import { answerEndpoints } from './answer.routes.ts';
import { dispatchReferral } from './dispatch-referral.ts';
import { changeReferral, discardReferral, draftReferral } from './draft-referral.ts';
import { listReferrals } from './list-referrals.ts';
import { openReferral } from './open-referral.ts';
import { recallReferral } from './recall-referral.ts';
import * as contract from './referrals.contract.ts';
import { DISPATCH_EXAMPLES, DRAFT_REFERRAL_EXAMPLE } from './referrals.examples.ts';
import { viewOptions } from './view-options.ts';

export type ReferralsDeps = { keys: Keys; directory: Directory };

const ofCase = { kind: 'case', param: 'caseId' } as const;
const ofReferral = { kind: 'referral', param: 'referralId' } as const;
const one = { subject: ofReferral, params: contract.referralIdParams, status: 200 } as const;

export function referralEndpoints(deps: ReferralsDeps): Endpoint[] {
  return [
    ...draftingEndpoints(deps),
    ...draftEndpoints(deps),
    ...senderEndpoints(deps),
    ...readingEndpoints(deps),
    ...answerEndpoints(deps),
  ];
}

function draftingEndpoints(deps: ReferralsDeps): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/api/cases/:caseId/referral-options',
      action: 'referral.options',
      summary: {
        vi: 'Cơ quan nào nhận, sẽ gửi gì, giữ lại gì',
        en: 'Which agencies answer, what would be sent, what stays',
      },
      subject: ofCase,
      params: caseIdParams,
      query: contract.referralOptionsQuery,
      answer: contract.referralOptions,
      status: 200,
      run: (call) => viewOptions(deps, call),
    }),
    endpoint({
      method: 'post',
      path: '/api/cases/:caseId/referrals',
      action: 'referral.draft',
      summary: { vi: 'Soạn phiếu chuyển gửi', en: 'Draft a referral' },
      subject: ofCase,
      params: caseIdParams,
      body: contract.draftReferralBody,
      example: DRAFT_REFERRAL_EXAMPLE,
      answer: contract.referralView,
      status: 201,
      replay: (call, referralId) => openReferral(deps, { ...call, params: { referralId } }),
      run: (call) => draftReferral(deps, call),
    }),
  ];
}

function draftEndpoints(deps: ReferralsDeps): Endpoint[] {
  return [
    endpoint({
      ...one,
      method: 'patch',
      path: '/api/referrals/:referralId',
      action: 'referral.change',
      summary: { vi: 'Sửa phiếu nháp', en: 'Change a draft referral' },
      body: contract.changeReferralBody,
      example: { urgency: 'U2' },
      answer: contract.referralView,
      needsVersion: true,
      run: (call) => changeReferral(deps, call),
    }),
    endpoint({
      method: 'delete',
      path: '/api/referrals/:referralId',
      action: 'referral.discard',
      summary: { vi: 'Bỏ phiếu nháp', en: 'Discard a draft referral' },
      subject: ofReferral,
      params: contract.referralIdParams,
      answer: nothing,
      status: 204,
      run: discardReferral,
    }),
  ];
}

function senderEndpoints(deps: ReferralsDeps): Endpoint[] {
  return [
    endpoint({
      ...one,
      method: 'post',
      path: '/api/referrals/:referralId/dispatch',
      action: 'referral.dispatch',
      summary: { vi: 'Gửi đi', en: 'Dispatch' },
      body: contract.dispatchBody,
      example: DISPATCH_EXAMPLES,
      answer: contract.referralView,
      run: (call) => dispatchReferral(deps, call),
    }),
    endpoint({
      ...one,
      method: 'post',
      path: '/api/referrals/:referralId/recall',
      action: 'referral.recall',
      summary: { vi: 'Thu hồi', en: 'Recall' },
      body: contract.recallBody,
      example: { reason: 'SURVIVOR_ASKED' },
      answer: contract.referralView,
      run: (call) => recallReferral(deps, call),
    }),
  ];
}

function readingEndpoints(deps: ReferralsDeps): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/api/referrals',
      action: 'referral.list',
      summary: { vi: 'Hộp thư đến, hộp thư đi', en: 'Inbox and outbox' },
      subject: { kind: 'office' },
      query: contract.listReferralsQuery,
      answer: contract.referralList,
      status: 200,
      run: (call) => listReferrals(deps, call),
    }),
    endpoint({
      ...one,
      method: 'get',
      path: '/api/referrals/:referralId',
      action: 'referral.open',
      summary: { vi: 'Mở phiếu chuyển gửi', en: 'Open a referral' },
      answer: contract.referralView,
      run: (call) => openReferral(deps, call),
    }),
  ];
}
