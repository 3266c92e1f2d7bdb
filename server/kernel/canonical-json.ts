import canonicalize from 'canonicalize';

const MAX_DEPTH = 64;

/**
 * JSON in the one form of RFC 8785, so that equal values have equal bytes and hashes.
 * Throws TypeError where JSON would drop or change something in silence: undefined, holes, NaN, infinities, bigint,
 * functions, symbols, lone surrogates, objects that are not plain (dates, buffers, masked values), more than 64 levels.
 * Text is taken as it is; bringing it to NFC is the business of whoever reads it from a person.
 */
export function canonicalJson(value: unknown): string {
  refuseWhatIsNotJson(value, 0);
  const text = canonicalize(value);
  if (text === undefined) throw notJson('no value');
  return text;
}

function refuseWhatIsNotJson(value: unknown, depth: number): void {
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'string') return refuseIllFormed(value);
  if (typeof value === 'number') return refuseNotFinite(value);
  if (typeof value !== 'object') throw notJson(typeof value);
  if (depth >= MAX_DEPTH) throw notJson('nesting too deep or circular');
  if (Array.isArray(value)) return refuseInList(value, depth);
  refuseInObject(value, depth);
}

function refuseInList(list: readonly unknown[], depth: number): void {
  // By index: forEach and for…in would step over holes, which JSON turns into null.
  for (let index = 0; index < list.length; index += 1) refuseWhatIsNotJson(list[index], depth + 1);
}

function refuseInObject(value: object, depth: number): void {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw notJson('not a plain object');
  if (Object.getOwnPropertySymbols(value).length > 0) throw notJson('symbol key');
  for (const [key, member] of Object.entries(value)) {
    // A member of this name would be called by the serialiser instead of being written.
    if (key === 'toJSON' && typeof member === 'function') throw notJson('function');
    refuseIllFormed(key);
    refuseWhatIsNotJson(member, depth + 1);
  }
}

function refuseIllFormed(text: string): void {
  if (!text.isWellFormed()) throw notJson('lone surrogate');
}

function refuseNotFinite(value: number): void {
  if (!Number.isFinite(value)) throw notJson('not a finite number');
}

function notJson(reason: string): TypeError {
  return new TypeError(`cannot be written as canonical JSON: ${reason}`);
}
