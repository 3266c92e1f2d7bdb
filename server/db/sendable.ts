/**
 * Whether node-postgres turns a value into a parameter without fail. It makes text of any other object (JSON, `toPostgres`)
 * while it sends, and a statement whose text fails there is left out while those behind it, a COMMIT among them, are sent.
 */
export function isSendable(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (Array.isArray(value)) return value.every(isSendable);
  if (typeof value === 'object') return value instanceof Date || ArrayBuffer.isView(value);
  return typeof value !== 'symbol' && typeof value !== 'function';
}
