import { endpoint, type Endpoint } from '../http/endpoint.ts';
import { auditList, auditQuery, auditStaff } from './audit.contract.ts';
import { FHIR_JSON, fhirBundle } from './fhir.contract.ts';
import { findingEndpoints } from './findings.routes.ts';
import { overviewEndpoints } from './overview.routes.ts';
import { listAuditedStaff, searchEvents, type AuditDeps } from './search-events.ts';
import { sealEndpoints } from './seal.routes.ts';
import type { SealDeps } from './serve-log.ts';
import type { FindingDeps } from './view-finding.ts';

const log = { kind: 'log' } as const;

export function auditEndpoints(deps: FindingDeps & { seal: SealDeps }): Endpoint[] {
  return [...searching(deps), ...sealEndpoints(deps.seal), ...overviewEndpoints(deps), ...findingEndpoints(deps)];
}

function searching(deps: AuditDeps): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/api/audit/events',
      action: 'audit.search',
      summary: { vi: 'Tra cứu nhật ký truy cập', en: 'Search the access log' },
      subject: log,
      pool: 'auditor',
      query: auditQuery,
      answer: auditList,
      others: { [FHIR_JSON]: fhirBundle },
      status: 200,
      run: (call) => searchEvents(deps, call),
    }),
    endpoint({
      method: 'get',
      path: '/api/audit/staff',
      action: 'audit.staff',
      summary: { vi: 'Cán bộ trong địa bàn kiểm tra', en: 'Staff within the auditor’s area' },
      subject: log,
      pool: 'auditor',
      answer: auditStaff,
      status: 200,
      run: (call) => listAuditedStaff(deps, call),
    }),
  ];
}
