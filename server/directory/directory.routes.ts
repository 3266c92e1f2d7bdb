import type * as z from 'zod';
import { endpoint, type Call, type Endpoint } from '../http/endpoint.ts';
import { vietnamDay } from '../kernel/clock.ts';
import { foldVietnamese } from '../kernel/folding.ts';
import { colleaguesOf } from '../identity/staff.store.ts';
import * as contract from './directory.contract.ts';
import { isValidOn, type Directory } from './directory.ts';
import { listsOn } from './listed-codes.rules.ts';

export type DirectoryDeps = { directory: Directory };

const base = { method: 'get', action: 'directory.read', subject: { kind: 'office' }, status: 200 } as const;
const MAX_AREAS = 200;

export function directoryEndpoints(deps: DirectoryDeps): Endpoint[] {
  return [...placeEndpoints(deps), ...codeEndpoints(deps), ...ruleEndpoints(deps), colleagueEndpoint()];
}

/** Reading the directory shows no case; the event says that it was read. */
function read<T>(call: Call<unknown, unknown, unknown>, items: readonly T[]): { body: { items: T[] } } {
  call.work.record({ count: items.length });
  return { body: { items: [...items] } };
}

function validToday<T extends { validFrom: string; validTo: string | null }>(
  call: Call<unknown, unknown, unknown>,
  rows: readonly T[],
): T[] {
  return rows.filter((row) => isValidOn(row, vietnamDay(call.work.nowMs)));
}

function areaFilter({ name, parent, code }: z.output<typeof contract.areasQuery>): (area: contract.Area) => boolean {
  const wanted = name === undefined ? '' : foldVietnamese(name);
  const codes = code?.split(',');
  return (area) =>
    (parent === undefined || area.parent === parent) &&
    (codes === undefined || codes.includes(area.code)) &&
    foldVietnamese(area.name).includes(wanted);
}

function placeEndpoints({ directory }: DirectoryDeps): Endpoint[] {
  return [
    endpoint({
      ...base,
      path: '/api/directory/areas',
      summary: { vi: 'Địa bàn đang có hiệu lực', en: 'Areas in force' },
      query: contract.areasQuery,
      answer: contract.areas,
      run: async (call) => {
        const found = validToday(call, directory.snapshot().areas).filter(areaFilter(call.query));
        return read(call, found.slice(0, MAX_AREAS));
      },
    }),
    endpoint({
      ...base,
      path: '/api/directory/agencies',
      summary: { vi: 'Cơ quan, đơn vị', en: 'Agencies' },
      answer: contract.agencies,
      run: async (call) =>
        read(
          call,
          validToday(call, directory.snapshot().agencies).map(({ responsibleHead: _head, ...agency }) => agency),
        ),
    }),
    endpoint({
      ...base,
      path: '/api/directory/services',
      summary: { vi: 'Dịch vụ hỗ trợ', en: 'Services' },
      answer: contract.services,
      run: async (call) => read(call, validToday(call, directory.snapshot().services)),
    }),
  ];
}

function codeEndpoints({ directory }: DirectoryDeps): Endpoint[] {
  return [
    endpoint({
      ...base,
      path: '/api/directory/code-lists',
      summary: { vi: 'Danh mục mã', en: 'Code lists' },
      query: contract.codeListsQuery,
      answer: contract.codeLists,
      run: async (call) => {
        const wanted = call.query.list?.split(',');
        const versions = directory
          .snapshot()
          .codeLists.filter(({ list }) => wanted === undefined || wanted.includes(list));
        return read(call, listsOn(vietnamDay(call.work.nowMs), versions));
      },
    }),
  ];
}

function ruleEndpoints({ directory }: DirectoryDeps): Endpoint[] {
  const rowsOf = <T>(rows: unknown): T => rows as T;
  return [
    endpoint({
      ...base,
      path: '/api/directory/clock-rules',
      summary: { vi: 'Thời hạn xử lý', en: 'Clock rules' },
      answer: contract.clockRules,
      run: async (call) =>
        read(call, rowsOf<z.input<typeof contract.clockRules>['items']>(directory.snapshot().clockRules)),
    }),
    endpoint({
      ...base,
      path: '/api/directory/purposes',
      summary: { vi: 'Mục đích truy cập', en: 'Purposes of access' },
      answer: contract.purposes,
      run: async (call) => read(call, validToday(call, directory.snapshot().purposes)),
    }),
    endpoint({
      ...base,
      path: '/api/directory/hotlines',
      summary: { vi: 'Đường dây nóng', en: 'Hotlines' },
      answer: contract.hotlines,
      run: async (call) =>
        read(call, rowsOf<z.input<typeof contract.hotlines>['items']>(directory.snapshot().hotlines)),
    }),
  ];
}

function colleagueEndpoint(): Endpoint {
  return endpoint({
    ...base,
    path: '/api/directory/colleagues',
    action: 'directory.colleagues',
    summary: { vi: 'Đồng nghiệp có thể được phân công', en: 'Colleagues who can be assigned' },
    answer: contract.colleagues,
    run: async (call) => read(call, await colleaguesOf(call.work)),
  });
}
