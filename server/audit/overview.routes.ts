import { endpoint, type Endpoint } from '../http/endpoint.ts';
import { listOutliers } from './list-outliers.ts';
import { heatMap, heatQuery, outlierList, outliersQuery } from './overview.contract.ts';
import type { AuditDeps } from './search-events.ts';
import { viewHeat } from './view-heat.ts';

const log = { kind: 'log' } as const;

/** What an auditor sees first: when people work, and what is unusual. */
export function overviewEndpoints(deps: AuditDeps): Endpoint[] {
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
