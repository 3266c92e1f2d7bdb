import { randomBytes } from 'node:crypto';
import { foldVietnamese } from '../../server/kernel/folding.ts';

/** Every word that tests typed as a person would; none of them may be found outside a sealed document. */
const planted: string[] = [];

/** A word that exists nowhere else, with marks that only Vietnamese has. */
export function canary(name = ''): string {
  const letters = Array.from(randomBytes(10), (byte) => 'bcdghklmnpqrstvx'[byte % 16]).join('');
  const word = `${name}ườ${letters}ễđ`.normalize('NFC');
  planted.push(word);
  return word;
}

/** A number that nobody has, for identity papers and telephones. */
export function canaryDigits(prefix: string, length: number): string {
  const digits = Array.from(randomBytes(length), (byte) => String(byte % 10)).join('');
  const word = `${prefix}${digits}`.slice(0, length);
  planted.push(word);
  return word;
}

export function plantedWords(): readonly string[] {
  return planted;
}

export type Trace = { word: string; encoding: string; needle: Buffer };

/** How a word could lie about: as typed, decomposed, without marks, lower case, base64 in each of its three phases, hex, escaped. */
export function tracesOf(word: string): Trace[] {
  const bytes = Buffer.from(word, 'utf8');
  const texts: [string, string][] = [
    ['utf8', word],
    ['nfd', word.normalize('NFD')],
    ['unmarked', foldVietnamese(word)],
    ['lower', word.toLowerCase()],
    ['hex', bytes.toString('hex')],
    ['hex upper', bytes.toString('hex').toUpperCase()],
    [
      'escaped',
      JSON.stringify(word)
        .replaceAll(/[\u0080-\uffff]/g, (unit) => `\\u${hex4(unit)}`)
        .slice(1, -1),
    ],
    ['url', encodeURIComponent(word)],
    ...base64Phases(bytes),
  ];
  const traces = texts.map(([encoding, text]) => ({ word, encoding, needle: Buffer.from(text, 'utf8') }));
  const international = /^0\d{9}$/.test(word)
    ? [{ word, encoding: 'E.164', needle: Buffer.from(`84${word.slice(1)}`) }]
    : [];
  return [...traces, ...international, { word, encoding: 'utf16', needle: Buffer.from(word, 'utf16le') }];
}

/** The words of `words` that `hay` holds, each with the encoding in which it was found. */
export function foundIn(hay: Buffer, words: readonly string[]): string[] {
  return scannerFor(words)(hay);
}

type Index = { words: number; byStart: Map<number, Trace[]>; isStart: Uint8Array };

/** Of a list that grows by one file of tests after another only what is new is worked on. */
const indexes = new WeakMap<readonly string[], Index>();

function indexOf(words: readonly string[]): Index {
  const index = indexes.get(words) ?? { words: 0, byStart: new Map(), isStart: new Uint8Array(65_536) };
  indexes.set(words, index);
  for (const trace of words.slice(index.words).flatMap(tracesOf)) {
    const start = trace.needle.readUInt16LE(0);
    const alike = index.byStart.get(start);
    if (alike === undefined) index.byStart.set(start, [trace]);
    else alike.push(trace);
    index.isStart[start] = 1;
  }
  index.words = words.length;
  return index;
}

/** Looks for all words in all encodings in one pass: for hundreds of megabytes. */
export function scannerFor(words: readonly string[]): (hay: Buffer) => string[] {
  const { byStart, isStart } = indexOf(words);
  return (hay) => {
    const found = new Set<string>();
    for (let at = 0; at < hay.length - 1; at += 1) {
      const start = (hay[at] ?? 0) | ((hay[at + 1] ?? 0) << 8);
      if (isStart[start] !== 1) continue;
      for (const { word, encoding, needle } of byStart.get(start) ?? [])
        if (hay.compare(needle, 0, needle.length, at, Math.min(at + needle.length, hay.length)) === 0)
          found.add(`${word} (${encoding})`);
    }
    return [...found];
  };
}

function hex4(unit: string): string {
  return unit.charCodeAt(0).toString(16).padStart(4, '0');
}

/** What stays the same of a word's base64 whatever stands before and after it. */
function base64Phases(bytes: Buffer): [string, string][] {
  return [0, 1, 2].flatMap((phase) => {
    const encoded = Buffer.concat([Buffer.alloc(phase), bytes]).toString('base64');
    const core = encoded
      .slice(phase === 0 ? 0 : phase + 1)
      .replace(/=+$/, '')
      .slice(0, -2);
    const url = core.replaceAll('+', '-').replaceAll('/', '_');
    const name = `base64 phase ${phase}`;
    return core === url
      ? [[name, core]]
      : [
          [name, core],
          [`${name} url`, url],
        ];
  });
}
