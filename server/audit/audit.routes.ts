import { endpoint, type Endpoint } from '../http/endpoint.ts';
import { auditList, auditQuery, auditStaff, heatMap, heatQuery, outlierList, outliersQuery } from './audit.contract.ts';
import { findingEndpoints } from './findings.routes.ts';
import { listOutliers } from './list-outliers.ts';
import { listAuditedStaff, searchEvents } from './search-events.ts';
import type { FindingDeps } from './view-finding.ts';
import { viewHeat } from './view-heat.ts';

const log = { kind: 'log' } as const;

export function auditEndpoints(deps: FindingDeps): Endpoint[] {
  return [...searchEndpoints(deps), ...overviewEndpoints(deps), ...findingEndpoints(deps)];
}

function searchEndpoints(deps: FindingDeps): Endpoint[] {
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

function overviewEndpoints(deps: FindingDeps): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/api/audit/heat',
      action: 'audit.heat',
      summary: { vi: 'Việc làm theo giờ và thứ trong tuần', en: 'Deeds by hour and weekday' },
      subject: log,
      pool: 'auditor',
      query: heatQuery,
      answer: heatMap,
      status: 200,
      run: viewHeat,
    }),
    endpoint({
      method: 'get',
      path: '/api/audit/outliers',
      action: 'audit.outliers',
      summary: { vi: 'Những điều bất thường trong nhật ký', en: 'What is unusual in the log' },
      subject: log,
      pool: 'auditor',
      query: outliersQuery,
      answer: outlierList,
      status: 200,
      run: (call) => listOutliers(deps, call),
    }),
  ];
}
