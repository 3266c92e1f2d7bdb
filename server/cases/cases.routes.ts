import { endpoint, type Endpoint } from '../http/endpoint.ts';
import { nothing } from '../kernel/fields.contract.ts';
import * as contract from './cases.contract.ts';
import { CHANGE_EXAMPLE, DRAFT_EXAMPLE, REGISTER_EXAMPLE, RESTRICT_EXAMPLE, SEARCH_EXAMPLE } from './cases.examples.ts';
import { changeCase } from './change-case.ts';
import { discardDraft, listDrafts, openDraft, saveDraft } from './drafts.ts';
import { listCases } from './list-cases.ts';
import { openCase } from './open-case.ts';
import { registerCase, replayRegistration } from './register-case.ts';
import { liftRestriction, restrictCase } from './restrict-case.ts';
import { searchCases } from './search-cases.ts';
import { viewAccesses } from './view-accesses.ts';
import type { StatisticsDeps } from './write-statistics.ts';

export type CasesDeps = StatisticsDeps;

const office = { kind: 'office' } as const;
const ofCase = { kind: 'case', param: 'caseId' } as const;

export function caseEndpoints(deps: CasesDeps): Endpoint[] {
  return [
    ...registrationEndpoints(deps),
    ...draftEndpoints(deps),
    ...listEndpoints(deps),
    ...readingEndpoints(deps),
    ...restrictionEndpoints(deps),
  ];
}

function registrationEndpoints(deps: CasesDeps): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/api/cases',
      action: 'case.register',
      summary: { vi: 'Lập hồ sơ vụ việc', en: 'Register a case' },
      subject: office,
      body: contract.registerCaseBody,
      example: REGISTER_EXAMPLE,
      answer: contract.registeredCase,
      status: 201,
      replay: replayRegistration,
      run: (call) => registerCase(deps, call),
    }),
    endpoint({
      method: 'patch',
      path: '/api/cases/:caseId',
      action: 'case.change',
      summary: { vi: 'Cập nhật hồ sơ vụ việc', en: 'Change a case' },
      subject: ofCase,
      params: contract.caseIdParams,
      body: contract.changeCaseBody,
      example: CHANGE_EXAMPLE,
      answer: contract.caseView,
      status: 200,
      needsVersion: true,
      run: (call) => changeCase(deps, call),
    }),
  ];
}

function draftEndpoints(deps: CasesDeps): Endpoint[] {
  const one = { path: '/api/drafts/:draftId', subject: office, params: contract.draftIdParams };
  return [
    endpoint({
      ...one,
      method: 'put',
      action: 'draft.save',
      summary: { vi: 'Lưu nháp đăng ký', en: 'Save a registration draft' },
      body: contract.draftBody,
      example: DRAFT_EXAMPLE,
      answer: contract.savedDraft,
      status: 200,
      run: (call) => saveDraft(deps, call),
    }),
    endpoint({
      ...one,
      method: 'get',
      action: 'draft.open',
      summary: { vi: 'Mở nháp của tôi', en: 'Open my draft' },
      answer: contract.draftView,
      status: 200,
      run: (call) => openDraft(deps, call),
    }),
    endpoint({
      ...one,
      method: 'delete',
      action: 'draft.discard',
      summary: { vi: 'Bỏ nháp', en: 'Discard a draft' },
      answer: nothing,
      status: 204,
      run: discardDraft,
    }),
  ];
}

function listEndpoints(deps: CasesDeps): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/api/drafts',
      action: 'draft.list',
      summary: { vi: 'Nháp của tôi', en: 'My drafts' },
      subject: office,
      answer: contract.draftList,
      status: 200,
      run: listDrafts,
    }),
    endpoint({
      method: 'get',
      path: '/api/cases',
      action: 'case.list',
      summary: { vi: 'Danh sách vụ việc của tôi', en: 'List my cases' },
      subject: office,
      query: contract.listCasesQuery,
      answer: contract.caseList,
      status: 200,
      run: listCases,
    }),
    endpoint({
      method: 'post',
      path: '/api/cases/search',
      action: 'case.search',
      summary: { vi: 'Tra cứu chính xác', en: 'Find a case exactly' },
      subject: office,
      body: contract.searchCasesBody,
      example: SEARCH_EXAMPLE,
      answer: contract.searchAnswer,
      status: 200,
      run: (call) => searchCases(deps, call),
    }),
  ];
}

function readingEndpoints(deps: CasesDeps): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/api/cases/:caseId',
      action: 'case.open',
      summary: { vi: 'Mở hồ sơ vụ việc', en: 'Open a case' },
      subject: ofCase,
      params: contract.caseIdParams,
      answer: contract.openedCase,
      status: 200,
      run: (call) => openCase(deps, call),
    }),
    endpoint({
      method: 'get',
      path: '/api/cases/:caseId/accesses',
      action: 'case.view_accesses',
      summary: { vi: 'Ai đã xem hồ sơ này', en: 'Who has looked at this case' },
      subject: ofCase,
      params: contract.caseIdParams,
      query: contract.accessesQuery,
      answer: contract.accessList,
      status: 200,
      run: (call) => viewAccesses(deps, call),
    }),
  ];
}

function restrictionEndpoints(deps: CasesDeps): Endpoint[] {
  const one = { path: '/api/cases/:caseId/restriction', subject: ofCase, params: contract.caseIdParams };
  return [
    endpoint({
      ...one,
      method: 'put',
      action: 'case.restrict',
      summary: { vi: 'Giới hạn hồ sơ cho những người được nêu tên', en: 'Restrict a case to named persons' },
      body: contract.restrictCaseBody,
      example: RESTRICT_EXAMPLE,
      answer: contract.restrictionView,
      status: 200,
      run: (call) => restrictCase(deps, call),
    }),
    endpoint({
      ...one,
      method: 'delete',
      action: 'case.lift_restriction',
      summary: { vi: 'Bỏ giới hạn hồ sơ', en: 'Lift the restriction of a case' },
      answer: contract.restrictionView,
      status: 200,
      run: (call) => liftRestriction(deps, call),
    }),
  ];
}
