import { endpoint, type Endpoint } from '../http/endpoint.ts';
import { eventParams, noteText, seal, sealQuery, tileBytes, tileParams } from './audit.contract.ts';
import { proveEvent, viewCheckpoint, viewTile, type SealDeps } from './serve-log.ts';
import { viewSeal } from './view-seal.ts';

const log = { kind: 'log' } as const;

/** The signed log itself, as auditors' own programs read it. */
export function sealEndpoints(deps: SealDeps): Endpoint[] {
  return [...treeEndpoints(deps), ...proofEndpoints(deps)];
}

function treeEndpoints(deps: SealDeps): Endpoint[] {
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
      run: (call) => viewCheckpoint(deps, call),
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
  ];
}

function proofEndpoints(deps: SealDeps): Endpoint[] {
  return [
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
      run: (call) => proveEvent(deps, call),
    }),
    endpoint({
      method: 'get',
      path: '/api/audit/seal',
      action: 'audit.seal',
      summary: { vi: 'Tình trạng niêm phong nhật ký', en: 'How the log is sealed' },
      subject: log,
      pool: 'auditor',
      query: sealQuery,
      answer: seal,
      status: 200,
      run: (call) => viewSeal(deps, call),
    }),
  ];
}
