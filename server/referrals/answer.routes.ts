import { endpoint, type Endpoint } from '../http/endpoint.ts';
import {
  acceptReferral,
  assignReferral,
  completeReferral,
  declineReferral,
  receiveReferral,
  startReferral,
} from './answer-referral.ts';
import * as contract from './referrals.contract.ts';
import type { ReferralsDeps } from './referrals.routes.ts';

const one = {
  subject: { kind: 'referral', param: 'referralId' },
  params: contract.referralIdParams,
  answer: contract.referralView,
  status: 200,
  method: 'post',
} as const;
const OFFICER = '0197c1c8-0280-7b00-8b00-000000000011';

/** What the recipient does: the desk answers, those whom it assigned serve. */
export function answerEndpoints(deps: ReferralsDeps): Endpoint[] {
  return [...deskEndpoints(deps), ...serviceEndpoints(deps)];
}

function deskEndpoints(deps: ReferralsDeps): Endpoint[] {
  return [
    endpoint({
      ...one,
      path: '/api/referrals/:referralId/receipt',
      action: 'referral.receive',
      summary: { vi: 'Báo đã nhận', en: 'Acknowledge receipt' },
      body: contract.plainBody,
      example: {},
      run: (call) => receiveReferral(deps, call),
    }),
    endpoint({
      ...one,
      path: '/api/referrals/:referralId/acceptance',
      action: 'referral.accept',
      summary: { vi: 'Tiếp nhận và phân công', en: 'Accept and assign' },
      body: contract.acceptanceBody,
      example: { assigneeIds: [OFFICER], note: 'Đã phân công cán bộ, sẽ liên hệ đúng giờ an toàn.' },
      run: (call) => acceptReferral(deps, call),
    }),
    endpoint({
      ...one,
      path: '/api/referrals/:referralId/decline',
      action: 'referral.decline',
      summary: { vi: 'Từ chối tiếp nhận', en: 'Decline' },
      body: contract.declineBody,
      example: { reason: 'NO_CAPACITY', note: 'Đang thiếu cán bộ, đề nghị chuyển Công an phường bên cạnh.' },
      run: (call) => declineReferral(deps, call),
    }),
    endpoint({
      ...one,
      path: '/api/referrals/:referralId/assignment',
      action: 'referral.assign',
      summary: { vi: 'Phân công lại', en: 'Assign anew' },
      body: contract.assignmentBody,
      example: { assigneeIds: [OFFICER] },
      run: (call) => assignReferral(deps, call),
    }),
  ];
}

function serviceEndpoints(deps: ReferralsDeps): Endpoint[] {
  return [
    endpoint({
      ...one,
      path: '/api/referrals/:referralId/start',
      action: 'referral.start',
      summary: { vi: 'Bắt đầu hỗ trợ', en: 'Start the service' },
      body: contract.plainBody,
      example: {},
      run: (call) => startReferral(deps, call),
    }),
    endpoint({
      ...one,
      path: '/api/referrals/:referralId/completion',
      action: 'referral.complete',
      summary: { vi: 'Hoàn thành và báo kết quả', en: 'Complete and report the outcome' },
      body: contract.completionBody,
      example: {
        outcome: 'SERVICE_GIVEN',
        services: ['POL.STATEMENT'],
        note: 'Đã ghi lời khai, hướng dẫn đề nghị cấm tiếp xúc.',
      },
      run: (call) => completeReferral(deps, call),
    }),
  ];
}
