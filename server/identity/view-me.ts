import type { Actor } from '../db/work.ts';
import { isValidOn } from '../directory/directory.ts';
import { vietnamDay } from '../kernel/clock.ts';
import type { Me } from './identity.contract.ts';
import type { IdentityDeps } from './identity.routes.ts';

type Person = Pick<Extract<Actor, { kind: 'staff' }>, 'staffId' | 'displayName' | 'roles' | 'agencyId' | 'expiresAt'>;

/** The signed-in person, their agency and which purposes they may state. */
export function viewMe(deps: Pick<IdentityDeps, 'directory' | 'limits'>, who: Person, now: Date): Me {
  const { directory, limits } = deps;
  const agency = directory.agency(who.agencyId);
  const purposes = directory
    .snapshot()
    .purposes.filter(
      (purpose) =>
        isValidOn(purpose, vietnamDay(now.getTime())) && purpose.allowedFor.some((role) => who.roles.includes(role)),
    );
  return {
    staff: { id: who.staffId, displayName: who.displayName, roles: [...who.roles] },
    agency: { ...directory.agencyName(who.agencyId), sectors: agency?.sectors ?? [], areaCode: agency?.areaCode ?? '' },
    session: {
      idleLockMs: limits.idleLockMs,
      lockedEndMs: limits.lockedEndMs,
      expiresAt: who.expiresAt.toISOString(),
      locked: false,
    },
    demonstration: directory.snapshot().isDemonstration,
    purposes: purposes.map(({ code, nameVi, nameEn }) => ({ code, nameVi, nameEn })),
  };
}
