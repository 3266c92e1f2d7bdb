import { auditEndpoints } from '../../server/audit/index.ts';
import { caseEndpoints } from '../../server/cases/index.ts';
import { consentEndpoints } from '../../server/consent/index.ts';
import { directoryEndpoints } from '../../server/directory/directory.routes.ts';
import type { Endpoint } from '../../server/http/endpoint.ts';
import { identityEndpoints } from '../../server/identity/identity.routes.ts';
import { referralEndpoints } from '../../server/referrals/index.ts';
import { safeguardEndpoints } from '../../server/safeguards/index.ts';

/** The routes as data, without a database or a key behind them: they can be read, not run. */
export function allEndpoints(): readonly Endpoint[] {
  const nothingBehind = new Proxy({}, { get: () => undefined }) as never;
  const rooms = [
    identityEndpoints,
    safeguardEndpoints,
    caseEndpoints,
    consentEndpoints,
    referralEndpoints,
    directoryEndpoints,
    auditEndpoints,
  ];
  return rooms.flatMap((room) => room(nothingBehind));
}
