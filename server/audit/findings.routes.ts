import { endpoint, type Endpoint } from '../http/endpoint.ts';
import { answerExplanation, listExplanations } from './answer-explanation.ts';
import * as contract from './findings.contract.ts';
import { askExplanation, closeFinding } from './follow-finding.ts';
import { recordFinding } from './record-finding.ts';
import { listFindings, openFinding, viewFinding, type FindingDeps } from './view-finding.ts';

const log = { kind: 'log' } as const;
const finding = { kind: 'finding', param: 'findingId' } as const;

const NO_ID = '00000000-0000-7000-8000-000000000000';

export function findingEndpoints(deps: FindingDeps): Endpoint[] {
  return [
    recordingEndpoint(deps),
    ...readingEndpoints(deps),
    ...followingEndpoints(deps),
    ...explanationEndpoints(deps),
  ];
}

function recordingEndpoint(deps: FindingDeps): Endpoint {
  return endpoint({
    method: 'post',
    path: '/api/audit/findings',
    action: 'finding.record',
    summary: {
      vi: 'Ghi nhận phát hiện về những việc làm trong nhật ký',
      en: 'Record a finding about deeds in the log',
    },
    subject: log,
    pool: 'auditor',
    body: contract.recordFindingBody,
    example: {
      actorId: NO_ID,
      eventIds: [NO_ID],
      rule: 'refused_attempts',
      note: 'Nhiều lần mở hồ sơ không được phân công trong cùng một buổi.',
    },
    answer: contract.findingView,
    status: 201,
    replay: async ({ work }, id) => {
      work.record({ objectKind: 'finding', objectId: id });
      return { body: await viewFinding(deps, work, id), resourceId: id };
    },
    run: (call) => recordFinding(deps, call),
  });
}

function readingEndpoints(deps: FindingDeps): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/api/audit/findings',
      action: 'finding.list',
      summary: { vi: 'Các phát hiện của cơ quan kiểm tra', en: 'The auditing agency’s findings' },
      subject: log,
      pool: 'auditor',
      query: contract.findingsQuery,
      answer: contract.findingList,
      status: 200,
      run: (call) => listFindings(deps, call),
    }),
    endpoint({
      method: 'get',
      path: '/api/audit/findings/:findingId',
      action: 'finding.open',
      summary: { vi: 'Mở một phát hiện', en: 'Open a finding' },
      subject: finding,
      pool: 'auditor',
      params: contract.findingParams,
      answer: contract.findingView,
      status: 200,
      run: (call) => openFinding(deps, call),
    }),
  ];
}

function followingEndpoints(deps: FindingDeps): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/api/audit/findings/:findingId/explanation-request',
      action: 'finding.ask',
      summary: { vi: 'Yêu cầu giải trình', en: 'Ask for an explanation' },
      subject: finding,
      pool: 'auditor',
      params: contract.findingParams,
      body: contract.askExplanationBody,
      example: { question: 'Xin cho biết vì sao cần mở các hồ sơ này ngoài giờ làm việc.' },
      answer: contract.findingView,
      status: 200,
      run: (call) => askExplanation(deps, call),
    }),
    endpoint({
      method: 'post',
      path: '/api/audit/findings/:findingId/closure',
      action: 'finding.close',
      summary: { vi: 'Kết luận một phát hiện', en: 'Conclude a finding' },
      subject: finding,
      pool: 'auditor',
      params: contract.findingParams,
      body: contract.closeFindingBody,
      example: { outcome: 'EXPLAINED' },
      answer: contract.findingView,
      status: 200,
      run: (call) => closeFinding(deps, call),
    }),
  ];
}

function explanationEndpoints(deps: FindingDeps): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/api/explanations',
      action: 'explanation.list',
      summary: { vi: 'Những yêu cầu giải trình gửi cho tôi', en: 'What I am asked to explain' },
      subject: { kind: 'office' },
      answer: contract.explanationList,
      status: 200,
      run: (call) => listExplanations(deps, call),
    }),
    endpoint({
      method: 'post',
      path: '/api/explanations/:explanationId/answer',
      action: 'explanation.answer',
      summary: { vi: 'Trả lời yêu cầu giải trình', en: 'Answer a request for explanation' },
      subject: { kind: 'explanation', param: 'explanationId' },
      params: contract.explanationParams,
      body: contract.answerExplanationBody,
      example: { answer: 'Tôi trực thay đồng nghiệp và gọi lại cho người bị bạo lực theo lịch hẹn.' },
      answer: contract.explanationView,
      status: 200,
      run: (call) => answerExplanation(deps, call),
    }),
  ];
}
