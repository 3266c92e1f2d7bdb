import type { KeyObject } from 'node:crypto';

import { foldVietnamese, normaliseIdentityNumber, normalisePhone, sameSpelling } from '../kernel/folding.ts';
import { lengthPrefixed } from './additional-data.ts';
import { hmacSha256 } from './primitives.ts';

export type BlindIndexField = 'name_birth_year_exact' | 'name_birth_year_folded' | 'phone' | 'identity_number';
export type BlindIndexValue = { field: BlindIndexField; value: Buffer };

/** As a person typed them; whatever is missing or cannot be normalised yields no index. */
export type IdentifyingFields = {
  fullName?: string | undefined;
  birthYear?: number | undefined;
  phone?: string | undefined;
  identityNumber?: string | undefined;
};

type KeyFor = (label: string) => KeyObject;
type Purpose = 'search' | 'conflict';
type Plain = { field: BlindIndexField; parts: readonly string[] };

const HASH_BYTES = 32;

/*
 * Search candidates are re-checked after opening, so a chance match costs one opening and no more, and nobody may take an
 * equal index for an equal person. Names: 32 bits, one wrong candidate in some four thousand look-ups of a million rows.
 * Telephone and identity numbers: 40 bits, because their column is the larger one (several per person) and looked up most.
 * Truncation saves space and forbids identity by index; against whoever holds the key it is no protection.
 */
const SEARCH_WIDTHS: Readonly<Record<BlindIndexField, number>> = {
  name_birth_year_exact: 4,
  name_birth_year_folded: 4,
  phone: 5,
  identity_number: 5,
};

// A conflict bars a person without anybody re-checking it, so a chance match must be impossible.
const CONFLICT_WIDTH = HASH_BYTES;
const CONFLICT_FIELDS: ReadonlySet<BlindIndexField> = new Set(['phone', 'identity_number']);

const FIRST_YEAR = 1900;
const LAST_YEAR = 2200;

/** The first `width` bytes (1 … 32) of HMAC-SHA256 over the length-prefixed parts. Throws RangeError for another width. */
export function blindIndex(key: KeyObject, parts: readonly string[], width: number): Buffer {
  if (!Number.isInteger(width) || width < 1 || width > HASH_BYTES) throw new RangeError('a width is 1 to 32 bytes');
  return Buffer.from(hmacSha256(key, lengthPrefixed(parts)).subarray(0, width));
}

/** Truncated indexes by which a person is looked up. Names only together with a birth year. */
export function searchIndexes(keyFor: KeyFor, who: IdentifyingFields): BlindIndexValue[] {
  return plainValues(who).map((plain) =>
    indexed({ keyFor, purpose: 'search', plain, width: SEARCH_WIDTHS[plain.field] }),
  );
}

/** Full-width indexes by which a conflict of interest is found: telephone and identity number only. */
export function conflictIndexes(keyFor: KeyFor, who: IdentifyingFields): BlindIndexValue[] {
  const comparable = plainValues(who).filter(({ field }) => CONFLICT_FIELDS.has(field));
  return comparable.map((plain) => indexed({ keyFor, purpose: 'conflict', plain, width: CONFLICT_WIDTH }));
}

/** Full-width indexes that raise a doubt and never bar by themselves: a name with its birth year, marks and order aside. */
export function doubtIndexes(keyFor: KeyFor, who: IdentifyingFields): BlindIndexValue[] {
  const comparable = plainValues(who).filter(({ field }) => field === 'name_birth_year_folded');
  return comparable.map((plain) => indexed({ keyFor, purpose: 'conflict', plain, width: CONFLICT_WIDTH }));
}

function indexed(input: { keyFor: KeyFor; purpose: Purpose; plain: Plain; width: number }): BlindIndexValue {
  const { field, parts } = input.plain;
  // A key per field and purpose: values of different columns must not be comparable with each other.
  const key = input.keyFor(`blind-index/${input.purpose}/${field}`);
  return { field, value: blindIndex(key, parts, input.width) };
}

function plainValues(who: IdentifyingFields): Plain[] {
  return [...nameValues(who), ...one('phone', who.phone, normalisePhone), ...identityValue(who)];
}

function identityValue(who: IdentifyingFields): Plain[] {
  return one('identity_number', who.identityNumber, normaliseIdentityNumber);
}

function one(field: BlindIndexField, raw: string | undefined, normalise: (raw: string) => string | null): Plain[] {
  const value = raw === undefined ? null : normalise(raw);
  return value === null ? [] : [{ field, parts: [value] }];
}

function nameValues({ fullName, birthYear }: IdentifyingFields): Plain[] {
  if (fullName === undefined || birthYear === undefined || !isYear(birthYear)) return [];
  const exact = sameSpelling(fullName);
  const folded = sortedWords(foldVietnamese(fullName));
  if (exact === '' || folded === '') return [];
  return [
    { field: 'name_birth_year_exact', parts: [exact, String(birthYear)] },
    { field: 'name_birth_year_folded', parts: [folded, String(birthYear)] },
  ];
}

/** Foreign forms and hurried clerks put the family name last: the folded index ignores the order of words. */
function sortedWords(folded: string): string {
  return folded.split(' ').sort().join(' ');
}

function isYear(year: number): boolean {
  return Number.isInteger(year) && year >= FIRST_YEAR && year <= LAST_YEAR;
}
