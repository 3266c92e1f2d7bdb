import type { ServicesOf } from '../cases/index.ts';
import type { Keys } from '../keys/index.ts';
import { openNotice } from './notices.ts';
import { sentFromCase } from './referrals.store.ts';

/**
 * The services that the bound person's agency asked partners for on a case, and those of them that were completed, read
 * from its own notices. What was taken back was not asked.
 */
export function servicesOfCase(keys: Keys): ServicesOf {
  return async (work, caseId) => {
    const rows = await sentFromCase(work, caseId);
    const notices = await Promise.all(
      rows.map(async (row) => ({ state: row.state, notice: await openNotice(keys, row, work) })),
    );
    const known = notices.flatMap(({ state, notice }) => (notice === null ? [] : [{ state, service: notice.service }]));
    return {
      asked: known.map(({ service }) => service),
      received: known.filter(({ state }) => state === 'completed').map(({ service }) => service),
    };
  };
}
