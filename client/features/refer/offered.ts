import type { Agency, Service } from '../../../server/directory/directory.contract.ts';

/** Services that some agency other than one's own answers. */
export function offeredServices(
  services: readonly Service[],
  agencies: readonly Agency[],
  ownAgencyId: string,
): Service[] {
  const others = agencies.filter(({ id }) => id !== ownAgencyId);
  const offered = new Set(others.flatMap((agency) => agency.services));
  return services.filter(({ code }) => offered.has(code));
}
