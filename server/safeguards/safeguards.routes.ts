import type { Pool } from 'pg';
import { endpoint, type Endpoint } from '../http/endpoint.ts';
import type { Directory } from '../directory/directory.ts';
import type { Guesses } from '../identity/guesses.ts';
import { prepareProof } from '../identity/sign-in.ts';
import { nothing } from '../kernel/fields.contract.ts';
import type { Keys } from '../keys/index.ts';
import { answerDoubt } from './answer-doubt.ts';
import { endBreakGlass } from './end-break-glass.ts';
import { identifyStaff, listStaff } from './identify-staff.ts';
import { listConflicts } from './list-conflicts.ts';
import { openBreakGlass } from './open-break-glass.ts';
import { reviewBreakGlass } from './review-break-glass.ts';
import * as contract from './safeguards.contract.ts';
import { listBreakGlass } from './view-break-glass.ts';

export type SafeguardsDeps = { pool: Pool; keys: Keys; directory: Directory; guesses: Guesses };

const office = { kind: 'office' } as const;

const OPEN_EXAMPLE = {
  reasonCode: 'LIFE_DANGER',
  reasonText: 'Chị gọi đường dây nóng, người chồng đang phá cửa; cán bộ phụ trách không nghe máy.',
  password: 'mật khẩu trong demo-accounts.json',
  minutes: 30,
};

export function safeguardEndpoints(deps: SafeguardsDeps): Endpoint[] {
  return [
    openingEndpoint(deps),
    ...breakGlassEndpoints(deps),
    endingEndpoint(deps),
    ...conflictEndpoints(),
    ...staffEndpoints(deps),
  ];
}

function openingEndpoint(deps: SafeguardsDeps): Endpoint {
  return endpoint({
    method: 'post',
    path: '/api/cases/:caseId/break-glass',
    action: 'break_glass.open',
    summary: { vi: 'Truy cập khẩn cấp một hồ sơ', en: 'Open a case in an emergency' },
    subject: { kind: 'named_case', param: 'caseId' },
    params: contract.namedCaseParams,
    body: contract.openBreakGlassBody,
    example: OPEN_EXAMPLE,
    answer: contract.breakGlassView,
    status: 201,
    prepare: ({ body, bearer, address }) =>
      prepareProof(deps, { password: (body as { password: string }).password, bearer }, address),
    run: (call) => openBreakGlass(deps, call),
  });
}

function breakGlassEndpoints(deps: SafeguardsDeps): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/api/break-glass',
      action: 'break_glass.list',
      summary: { vi: 'Các lần truy cập khẩn cấp', en: 'Emergency accesses' },
      subject: office,
      query: contract.breakGlassQuery,
      answer: contract.breakGlassList,
      status: 200,
      run: (call) => listBreakGlass(deps, call),
    }),
    endpoint({
      method: 'post',
      path: '/api/break-glass/:breakGlassId/review',
      action: 'break_glass.review',
      summary: { vi: 'Xem xét một lần truy cập khẩn cấp', en: 'Review an emergency access' },
      subject: { kind: 'break_glass', param: 'breakGlassId' },
      params: contract.breakGlassParams,
      body: contract.reviewBreakGlassBody,
      example: { verdict: 'justified', note: 'Đã gọi lại cho người bị bạo lực; việc mở hồ sơ là cần thiết.' },
      answer: contract.breakGlassView,
      status: 200,
      run: (call) => reviewBreakGlass(deps, call),
    }),
  ];
}

function endingEndpoint(deps: SafeguardsDeps): Endpoint {
  return endpoint({
    method: 'post',
    path: '/api/break-glass/:breakGlassId/end',
    action: 'break_glass.end',
    summary: { vi: 'Kết thúc truy cập khẩn cấp trước giờ', en: 'End an emergency access before its time' },
    subject: { kind: 'break_glass', param: 'breakGlassId' },
    params: contract.breakGlassParams,
    body: contract.plainBody,
    example: {},
    answer: contract.breakGlassView,
    status: 200,
    run: (call) => endBreakGlass(deps, call),
  });
}

function conflictEndpoints(): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/api/cases/:caseId/conflicts',
      action: 'conflict.list',
      summary: { vi: 'Ai không được tiếp cận hồ sơ này', en: 'Who may not come near this case' },
      subject: { kind: 'case', param: 'caseId' },
      params: contract.ofCaseParams,
      answer: contract.conflictsView,
      status: 200,
      run: listConflicts,
    }),
    endpoint({
      method: 'post',
      path: '/api/conflict-doubts/:doubtId/answer',
      action: 'conflict.answer',
      summary: { vi: 'Trả lời nghi vấn xung đột lợi ích', en: 'Answer a doubt about a conflict of interest' },
      subject: { kind: 'doubt', param: 'doubtId' },
      params: contract.doubtParams,
      body: contract.answerDoubtBody,
      example: { answer: 'dismiss' },
      answer: nothing,
      status: 204,
      run: answerDoubt,
    }),
  ];
}

function staffEndpoints(deps: SafeguardsDeps): Endpoint[] {
  return [
    endpoint({
      method: 'put',
      path: '/api/staff/:staffId/identifiers',
      action: 'staff.identify',
      summary: { vi: 'Ghi số định danh của cán bộ để so xung đột lợi ích', en: 'Enter what identifies a colleague' },
      subject: office,
      params: contract.staffParams,
      body: contract.staffIdentifiersBody,
      example: {
        identityNumber: '048090000777',
        phone: '0905 000 777',
        fullName: 'Trần Văn Minh Hoạ',
        birthYear: 1990,
      },
      answer: nothing,
      status: 204,
      run: (call) => identifyStaff(deps, call),
    }),
    endpoint({
      method: 'get',
      path: '/api/directory/staff',
      action: 'directory.staff',
      summary: {
        vi: 'Cán bộ của một cơ quan, để người bị bạo lực loại trừ',
        en: 'Staff of an agency, for a survivor to exclude',
      },
      subject: office,
      query: contract.staffQuery,
      answer: contract.staffList,
      status: 200,
      run: listStaff,
    }),
  ];
}
