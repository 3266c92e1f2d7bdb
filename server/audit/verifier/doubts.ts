import type { Code } from './words.ts';

/** Indexes `from` up to, not including, `to`. */
export type Span = { from: number; to: number };
/** Without a span it concerns the log as a whole. */
export type Doubt = { code: Code; detail: string; span: Span | null };
export type Doubts = ReturnType<typeof collectDoubts>;
export const at = (index: number): Span => ({ from: index, to: index + 1 });
const LISTED = 100;
/** Where hashes do not hold, they alone say where the trouble begins; what events say counts where they do. */
const OF_EVENTS = /^(EVENT|SEQ)_/;
/** Gathers the first hundred doubts and remarks, counts all, and remembers where the first bad entry is. */
export function collectDoubts(onDoubt: (doubt: Doubt) => void) {
  const all = { list: [] as Doubt[], remarks: [] as Doubt[], count: 0, first: null as Span | null, add, remark };
  let isFirstOfEvents = true;
  function add(code: Code, detail: string, span: Span | null = null): void {
    if (all.list.some((one) => one.code === code && one.detail === detail && one.span?.from === span?.from)) return;
    all.count += 1;
    const isOfEvents = OF_EVENTS.test(code);
    if (span !== null && (isOfEvents === isFirstOfEvents ? isBefore(span, all.first) : isFirstOfEvents)) {
      all.first = span;
      isFirstOfEvents = isOfEvents;
    }
    if (all.list.length < LISTED && all.list.push({ code, detail, span }) > 0) onDoubt({ code, detail, span });
  }
  function remark(code: Code, detail: string): void {
    if (all.remarks.length < LISTED) all.remarks.push({ code, detail, span: null });
  }
  return all;
}

/** A narrower place explains a wider one around it; else the one that begins earlier comes first. */
function isBefore({ from, to }: Span, first: Span | null): boolean {
  const isAround = first !== null && from <= first.from && to >= first.to;
  return first === null || (!isAround && (from < first.from || to <= first.to));
}
