// Crockford's alphabet: no I, L, O, U, so a code read aloud over the telephone is not misheard.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LETTERS = 8;

/** `K7MQ-2RXA`: random, so it tells neither how many cases there are nor where. `random` gives 8 bytes. */
export function caseCode(random: Uint8Array): string {
  const letters = Array.from({ length: LETTERS }, (_, index) => ALPHABET[(random[index] ?? 0) % ALPHABET.length]);
  return `${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`;
}

/** A code as a person typed it, in its stored form; null when it cannot be one. */
export function typedCaseCode(typed: string): string | null {
  const letters = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  if (letters.length !== LETTERS || [...letters].some((letter) => !ALPHABET.includes(letter))) return null;
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}
