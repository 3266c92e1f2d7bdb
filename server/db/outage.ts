/**
 * What the database cannot do just now, whoever asks: connection lost (08), serialization (40), resources and disk full (53),
 * a lock that did not come (55P03), shutdown and cancelled statements (57), system errors (58); PostgreSQL, appendix A.
 * And what Node says of a connection.
 */
const OUT_OF_SERVICE = /^(?:08|40|53|57|58)...$|^55P03$|^E(?:CONNREFUSED|CONNRESET|PIPE|TIMEDOUT|HOSTUNREACH)$/;
/** node-postgres gives the loss of a connection no code. */
const LOST =
  /^Connection terminated|^Client has encountered a connection error|^timeout exceeded when trying to connect/;

/** Whether asking again later is all that the person can do: nothing is wrong with what was asked. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return 'code' in error ? OUT_OF_SERVICE.test(String(error.code)) : LOST.test(error.message);
}
