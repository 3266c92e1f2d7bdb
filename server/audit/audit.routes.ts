import { endpoint, type Endpoint } from '../http/endpoint.ts';
import {
  auditList,
  auditQuery,
  auditStaff,
  eventParams,
  noteText,
  seal,
  tileBytes,
  tileParams,
} from './audit.contract.ts';
import { findingEndpoints } from './findings.routes.ts';
import { overviewEndpoints } from './overview.routes.ts';
import { listAuditedStaff, searchEvents, type AuditDeps } from './search-events.ts';
import { proveEvent, viewCheckpoint, viewTile, type SealDeps } from './serve-log.ts';
import type { FindingDeps } from './view-finding.ts';
import { viewSeal } from './view-seal.ts';

const log = { kind: 'log' } as const;

export function auditEndpoints(deps: FindingDeps & { seal: SealDeps }): Endpoint[] {
  return [...searching(deps), ...sealing(deps), ...overviewEndpoints(deps), ...findingEndpoints(deps)];
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

/** The signed log itself, as auditors' own programs read it. */
function sealing(deps: { seal: SealDeps }): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/api/audit/checkpoint',
      action: 'audit.checkpoint',
      summary: { vi: 'Điểm niêm phong mới nhất của nhật ký (C2SP)', en: 'The log’s newest signed checkpoint (C2SP)' },
      subject: log,
      pool: 'auditor',
      answer: noteText,
      media: 'text/plain; charset=utf-8',
      status: 200,
      run: (call) => viewCheckpoint(deps.seal, call),
    }),
    endpoint({
      method: 'get',
      path: '/api/audit/tile/:level/*tile',
      action: 'audit.tile',
      summary: { vi: 'Một mảnh giá trị băm của cây nhật ký (C2SP)', en: 'A tile of hashes of the log’s tree (C2SP)' },
      subject: log,
      pool: 'auditor',
      params: tileParams,
      answer: tileBytes,
      media: 'application/octet-stream',
      status: 200,
      run: (call) => viewTile(call),
    }),
    endpoint({
      method: 'get',
      path: '/api/audit/events/:eventId/proof',
      action: 'audit.proof',
      summary: { vi: 'Bằng chứng một sự kiện nằm trong nhật ký', en: 'Proof that an event stands in the log' },
      subject: log,
      pool: 'auditor',
      params: eventParams,
      answer: noteText,
      media: 'text/plain; charset=utf-8',
      status: 200,
      run: (call) => proveEvent(deps.seal, call),
    }),
    endpoint({
      method: 'get',
      path: '/api/audit/seal',
      action: 'audit.seal',
      summary: { vi: 'Tình trạng niêm phong nhật ký', en: 'How the log is sealed' },
      subject: log,
      pool: 'auditor',
      answer: seal,
      status: 200,
      run: (call) => viewSeal(deps.seal, call),
    }),
  ];
}
