/** Where what auditors search by says something else than the event that is sealed. */
export type Difference = { index: number; what: readonly string[] };
export type Differences = { add(index: number, what: string): void; list(): Difference[] };

export function gatherDifferences(): Differences {
  const found = new Map<number, Set<string>>();
  return {
    add(index, what) {
      const known = found.get(index) ?? new Set();
      found.set(index, known.add(what));
    },
    list: () =>
      [...found].map(([index, what]) => ({ index, what: [...what].toSorted() })).toSorted((a, b) => a.index - b.index),
  };
}
