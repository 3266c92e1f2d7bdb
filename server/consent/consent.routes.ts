import { caseIdParams } from '../cases/cases.contract.ts';
import type { Directory } from '../directory/directory.ts';
import { endpoint, type Endpoint } from '../http/endpoint.ts';
import { exampleDay } from '../kernel/clock.ts';
import type { Keys } from '../keys/index.ts';
import {
  consentIdParams,
  consentList,
  consentView,
  recordConsentBody,
  withdrawalAnswer,
  withdrawConsentBody,
} from './consent.contract.ts';
import { listConsents, replayConsent } from './list-consents.ts';
import { recordConsent } from './record-consent.ts';
import { withdrawConsent, type CloseReferrals } from './withdraw-consent.ts';

export type ConsentDeps = { keys: Keys; directory: Directory; closeReferrals: CloseReferrals };

const ofCase = { kind: 'case', param: 'caseId' } as const;

export const CONSENT_EXAMPLE = {
  recipientAgencyId: '0197c1c8-0280-7a00-8a00-000000000002',
  purpose: 'referral_service',
  fields: [
    'case_code',
    'name',
    'birth',
    'sex',
    'safe_contact',
    'violence_type',
    'incident_time',
    'perpetrator_identity',
    'risk',
    'children',
    'services_asked',
  ],
  validUntil: exampleDay(180),
  consenter: 'SELF',
  evidence: 'SIGNATURE',
  language: 'VIE',
  explainedOn: exampleDay(-1),
  textVersion: 'mau-dong-y-2026-1',
};

export function consentEndpoints(deps: ConsentDeps): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/api/cases/:caseId/consents',
      action: 'consent.record',
      summary: { vi: 'Ghi nhận sự đồng ý', en: 'Record a consent' },
      subject: ofCase,
      params: caseIdParams,
      body: recordConsentBody,
      example: CONSENT_EXAMPLE,
      answer: consentView,
      status: 201,
      replay: (call, consentId) => replayConsent(deps, call, consentId),
      run: (call) => recordConsent(deps, call),
    }),
    endpoint({
      method: 'get',
      path: '/api/cases/:caseId/consents',
      action: 'consent.list',
      summary: { vi: 'Các sự đồng ý của vụ việc', en: 'Consents of a case' },
      subject: ofCase,
      params: caseIdParams,
      answer: consentList,
      status: 200,
      run: (call) => listConsents(deps, call),
    }),
    withdrawalEndpoint(deps),
  ];
}

function withdrawalEndpoint(deps: ConsentDeps): Endpoint {
  return endpoint({
    method: 'post',
    path: '/api/consents/:consentId/withdrawal',
    action: 'consent.withdraw',
    summary: { vi: 'Rút lại sự đồng ý', en: 'Withdraw a consent' },
    subject: { kind: 'consent', param: 'consentId' },
    params: consentIdParams,
    body: withdrawConsentBody,
    example: { reason: 'CHANGED_MIND' },
    answer: withdrawalAnswer,
    status: 200,
    run: (call) => withdrawConsent(deps, call),
  });
}
