import { randomBytes } from 'node:crypto';
import { caseCode } from '../../server/kernel/case-code.ts';
import type { HttpRequest } from './http-session.ts';
import type { Sample } from './make-case.ts';
import { registrationOf } from './people.ts';

export type Side = 'hidden' | 'unknown';
/** The same request for a case that is hidden from who asks, and for none; both answer `status` and show nothing. */
export type Kind = { name: string; request: Record<Side, (nth: number) => HttpRequest>; status: number };
export type HiddenCase = Sample & { code: string };

type Criteria = (of: HiddenCase, side: Side) => unknown;

/** Those born in these years and with these numbers are not in the district. */
const UNKNOWN = { firstYear: 1900, prefix: '0906', identityPrefix: '049' };

const CRITERIA: Readonly<Record<string, Criteria>> = {
  name: ({ survivor }, side) =>
    side === 'hidden' ? survivor : { ...survivor, birthYear: UNKNOWN.firstYear + (survivor.birthYear % 50) },
  telephone: ({ n }, side) => {
    const phone = registrationOf(n).survivor.contact.phone ?? '';
    return { phone: side === 'hidden' ? phone : `${UNKNOWN.prefix}${phone.slice(4)}` };
  },
  'identity number': ({ n }, side) => {
    const identityNumber = registrationOf(n).survivor.identityNumber ?? '';
    return {
      identityNumber: side === 'hidden' ? identityNumber : `${UNKNOWN.identityPrefix}${identityNumber.slice(3)}`,
    };
  },
  code: ({ code }, side) => ({ code: side === 'hidden' ? code : caseCode(randomBytes(8)) }),
};

/** @param barred cases of her own agency from which she is barred; `foreign`: cases of other agencies */
export function kindsOf(barred: readonly HiddenCase[], foreign: readonly HiddenCase[]): Kind[] {
  return [
    byId('GET /api/cases/:caseId', barred, { status: 404, path: (id) => `/api/cases/${id}` }),
    ...Object.keys(CRITERIA).map((by) => search(by, barred, 'barred')),
    search('name', foreign, 'another agency’s'),
    byId('GET /api/referrals?case=', barred, { status: 200, path: (id) => `/api/referrals?box=outbox&case=${id}` }),
  ];
}

type ById = { status: number; path: (caseId: string) => string };

function byId(name: string, cases: readonly HiddenCase[], { status, path }: ById): Kind {
  // Neighbours in the index of those that exist: an id of another time would be looked for in another page.
  const unknown = cases.map(({ caseId }) => caseId.slice(0, -12) + randomBytes(6).toString('hex'));
  const get = (caseId: string): HttpRequest => ({ method: 'GET', path: path(caseId) });
  const request: Kind['request'] = {
    hidden: (nth) => get(pick(cases, nth).caseId),
    unknown: (nth) => get(pick(unknown, nth)),
  };
  return { name: `${name} (barred)`, request, status };
}

function search(by: string, cases: readonly HiddenCase[], whose: string): Kind {
  const asking =
    (side: Side) =>
    (nth: number): HttpRequest => ({
      method: 'POST',
      path: '/api/cases/search',
      body: CRITERIA[by]?.(pick(cases, nth), side),
    });
  const request = { hidden: asking('hidden'), unknown: asking('unknown') };
  return { name: `search by ${by} (${whose})`, request, status: 200 };
}

function pick<T>(list: readonly T[], nth: number): T {
  return list[nth % list.length] as T;
}
