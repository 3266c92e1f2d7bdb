import { inject } from 'vitest';
import { keeperPorts } from '../../server/commands/keeper.ts';
import { withTerminalSession } from '../../server/identity/terminal-session.ts';
import { coverCases, makeGuardianKeys, type CoverReport, type Covering } from '../../server/keys/cover-cases.ts';
import type { DataKeyBundle } from '../../server/keys/data-keys.ts';
import type { GrantRow } from '../../server/keys/grants.store.ts';
import { withKeeper } from '../../server/keys/principal-rotation.store.ts';
import { openPrincipals } from '../../server/keys/principals.store.ts';
import { secretOfShares } from '../../server/keys/secret-shares.ts';
import { parseShare } from '../../server/keys/share-file.ts';
import { columnsOf } from '../../server/keys/subject-keys.ts';
import { openArchivist } from '../../server/retention/index.ts';
import { agreeGuarded, openGuarded, type GuardedOpened } from '../../server/safeguards/open-guarded.ts';
import { anotherCustodian } from '../keys/live/rotating.ts';
import { accountOf } from '../support/actors.ts';
import type { TestApp } from '../support/app.ts';

export const SUPERVISOR = 'an.vhxh.sontra';
export const ADMIN = 'duc.vhxh.sontra';
export const OPERATOR = 'thanh.vanhanh';
export const REASON = 'NAMED_PERSONS_LEFT';

/** What two of the three envelopes of this run hold. */
export function guardianUnlock(): Buffer {
  const shares = inject('house').guardianShares.map((text) => parseShare(text, 'share'));
  return secretOfShares(shares.slice(1), 'guardian');
}

export type Opened = { code: string; to: readonly string[] | 'agency' };
export type By = { agreedBy?: string; operator?: string; unlock?: Buffer };

/** Both people one after the other, as the command does it, without a process of its own. */
export async function openByGuardian(app: TestApp, { code, to }: Opened, given: By = {}): Promise<GuardedOpened> {
  const archivist = openArchivist(app.ownerUrl);
  const keeper = keeperPorts(app.database.urls.keeper);
  const custodian = anotherCustodian();
  const by = { ...archivist, policy: app.context.performer.policy, clock: app.clock };
  const as = <T>(username: string, run: (bearer: Buffer) => Promise<T>): Promise<T> =>
    withTerminalSession(archivist.ports, { username, password: accountOf(username).password }, run);
  try {
    const agreement = await as(given.agreedBy ?? SUPERVISOR, (bearer) =>
      agreeGuarded(by, { bearer, code, reason: REASON }),
    );
    const principals = openPrincipals(keeper.pool, custodian);
    const unlock = given.unlock ?? guardianUnlock();
    return await as(given.operator ?? OPERATOR, (bearer) =>
      openGuarded(by, { bearer, code, reason: REASON }, { custodian, principals, unlock, agreement, to }),
    );
  } finally {
    custodian.close();
    await Promise.all([archivist.close(), keeper.close()]);
  }
}

/** The keeper's side of the guardian: making it, and covering what exists. */
export async function asKeeper<T>(app: TestApp, run: (by: Covering) => Promise<T>): Promise<T> {
  const custodian = anotherCustodian();
  const { close, ...ports } = keeperPorts(app.database.urls.keeper);
  try {
    return await run({ ports, custodian, principals: openPrincipals(ports.pool, custodian), onProgress: () => {} });
  } finally {
    custodian.close();
    await close();
  }
}

/** Every grant of the guardian as the rows stand, with what it carries; null where the unlock does not open it. */
export function guardedGrants(app: TestApp): Promise<{ grant: GrantRow; keys: DataKeyBundle | null }[]> {
  return asKeeper(app, ({ ports, custodian, principals }) =>
    withKeeper(ports.pool, async (run) => {
      const { rows } = await run<GrantRow>(
        `select * from hien.access_grant where holder_kind = 'guardian' order by id`,
        [],
      );
      const opened = rows.map(async (grant) => {
        const holder = await principals.version(grant.holderId, grant.holderKeyVersion);
        return custodian.openGuarded(guardianUnlock(), holder, { grant: columnsOf(grant), sealed: grant.bundle });
      });
      const keys = await Promise.all(opened.map((each) => each.catch(() => null)));
      return rows.map((grant, index) => ({ grant, keys: keys[index] ?? null }));
    }),
  );
}

export const cover = (app: TestApp): Promise<CoverReport | null> => asKeeper(app, coverCases);
export const makeGuardian = (app: TestApp): Promise<Buffer> => asKeeper(app, makeGuardianKeys);
