import { createHash } from 'node:crypto';

/**
 * Id of a principal that is neither an agency nor a person, made of its name: whoever needs it first makes it, and whoever
 * comes second finds it. UUID version 8 (RFC 9562) of the first half of SHA-256.
 */
function namedPrincipal(name: string): string {
  const hex = createHash('sha256').update(`hien-principal:${name}`, 'utf8').digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

/** The installation's guardian. */
export const GUARDIAN_ID = namedPrincipal('guardian');

/** Who holds the statistics of a period, such as `2026-H2`. The database makes the same id (migration 0016). */
export function periodPrincipal(period: string): string {
  return namedPrincipal(`statistics/${period}`);
}
