/** A piece of a text: `[from, to)`. */
type Span = readonly [from: number, to: number];
/** The text with one condition bent, and what was done to it. */
export type Bent = { what: string; text: string };

const OPEN = /[([]/;
const CLOSE = /[)\]]/;
const BRACKET = /[()[\]]/;

/**
 * Every way to drop or negate one part of a boolean SQL expression: each operand of AND and OR is dropped, each part is
 * negated, each word of a list left out; also inside brackets and the conditions of sub-selects. Knows as much SQL as
 * row-security.sql uses.
 */
export function bentConditions(text: string, [from, to]: Span): Bent[] {
  const span = trimmed(text, [from, to]);
  const operands = split(text, span);
  if (operands !== null) {
    const { parts, word } = operands;
    return parts.flatMap((part, at) => [dropped(text, { parts, word }, at), ...bentConditions(text, part)]);
  }
  const inner = inside(text, span);
  return [negated(text, span), ...inner.flatMap((each) => bentConditions(text, each)), ...shortLists(text, span)];
}

function trimmed(text: string, [from, to]: Span): Span {
  const piece = text.slice(from, to);
  return [from + (piece.length - piece.trimStart().length), from + piece.trimEnd().length];
}

/** The operands of the loosest connective that stands outside all brackets; null where there is none. */
function split(text: string, span: Span): { parts: Span[]; word: string } | null {
  for (const word of ['or', 'and']) {
    const parts = splitAt(text, span, word);
    if (parts.length > 1) return { parts, word };
  }
  return null;
}

function splitAt(text: string, [from, to]: Span, word: string): Span[] {
  const parts: Span[] = [];
  let begin = from;
  for (const at of outside(text, [from, to])) {
    const isWord = new RegExp(`^\\s${word}\\s`).test(text.slice(at, at + word.length + 2));
    if (!isWord || at < begin) continue;
    parts.push(trimmed(text, [begin, at]));
    begin = at + word.length + 1;
  }
  return [...parts, trimmed(text, [begin, to])];
}

/** Places outside brackets and quotes. */
function outside(text: string, [from, to]: Span): number[] {
  return depths(text, [from, to]).flatMap((depth, at) =>
    depth === 0 && !BRACKET.test(text[from + at] ?? '') ? [from + at] : [],
  );
}

/** Where the bracket that opens here closes. */
export function closing(text: string, from: number): number {
  const at = depths(text, [from, text.length]).indexOf(0);
  if (at < 0) throw new Error(`a bracket does not close: ${text.slice(from, from + 60)}`);
  return from + at;
}

/** How deep in brackets the text is after each letter; what is quoted counts as one level more. */
function depths(text: string, [from, to]: Span): number[] {
  let depth = 0;
  let isQuoted = false;
  return [...text.slice(from, to)].map((letter) => {
    if (letter === "'") isQuoted = !isQuoted;
    else if (!isQuoted) depth += stepOf(letter);
    return depth + Number(isQuoted || letter === "'");
  });
}

function stepOf(letter: string): number {
  if (OPEN.test(letter)) return 1;
  return CLOSE.test(letter) ? -1 : 0;
}

function dropped(text: string, { parts, word }: { parts: Span[]; word: string }, at: number): Bent {
  const rest = parts.filter((_, nth) => nth !== at).map(([from, to]) => text.slice(from, to));
  const [from, to] = [parts[0]?.[0] ?? 0, parts.at(-1)?.[1] ?? 0];
  const gone = parts[at] ?? [0, 0];
  return {
    what: `without "${brief(text.slice(...gone))}" (${word})`,
    text: replaced(text, [from, to], rest.join(` ${word} `)),
  };
}

function negated(text: string, span: Span): Bent {
  const piece = text.slice(...span);
  return { what: `not "${brief(piece)}"`, text: replaced(text, span, `(not coalesce((${piece}), false))`) };
}

/** A bracketed whole, what stands behind `not`, and the conditions of sub-selects. */
function inside(text: string, [from, to]: Span): Span[] {
  if (text[from] === '(' && closing(text, from) === to - 1) return isSelect(text, from) ? [] : [[from + 1, to - 1]];
  if (text.slice(from, from + 4) === 'not ') return [[from + 4, to]];
  const select = /\b(?:exists|array)\s*\(\s*select\b/.exec(text.slice(from, to));
  if (select === null) return [];
  const open = text.indexOf('(', from + select.index);
  const end = closing(text, open);
  return outside(text, [open + 1, end])
    .filter((at) => /^\swhere\s/.test(text.slice(at, at + 7)))
    .map((at) => [at + 7, endOfCondition(text, [at + 7, end])] as const);
}

function isSelect(text: string, from: number): boolean {
  return /^\(\s*select\b/.test(text.slice(from, from + 12));
}

function endOfCondition(text: string, span: Span): number {
  const end = outside(text, span).find((at) => /^\soffset\s/.test(text.slice(at, at + 8)));
  return end ?? span[1];
}

/** Lists of quoted words, each word left out in turn. */
function shortLists(text: string, [from, to]: Span): Bent[] {
  const piece = text.slice(from, to);
  if (piece.includes('select')) return [];
  return [...piece.matchAll(/[([](\s*'\w+'(?:\s*,\s*'\w+')+\s*)[)\]]/g)].flatMap((list) => {
    const words = [...(list[1] ?? '').matchAll(/'\w+'/g)].map(([word]) => word);
    const start = from + list.index + 1;
    return words.map((word) => ({
      what: `without ${word} in "${brief(piece)}"`,
      text: replaced(text, [start, start + (list[1] ?? '').length], words.filter((each) => each !== word).join(', ')),
    }));
  });
}

export function replaced(text: string, [from, to]: Span, by: string): string {
  return text.slice(0, from) + by + text.slice(to);
}

export function brief(text: string): string {
  const words = text.replaceAll(/\s+/g, ' ');
  return words.length > 90 ? `${words.slice(0, 87)}…` : words;
}

/** Where one name stands for several, they are numbered. */
export function distinct<T extends { name: string }>(mutants: readonly T[]): T[] {
  const seen = new Map<string, number>();
  return mutants.map((mutant) => {
    const nth = (seen.get(mutant.name) ?? 0) + 1;
    seen.set(mutant.name, nth);
    return nth === 1 ? mutant : { ...mutant, name: `${mutant.name} #${nth}` };
  });
}
