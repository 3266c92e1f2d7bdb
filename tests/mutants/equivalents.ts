/** Mutants that change nothing anybody could notice, by name, each with the reason. */
export const EQUIVALENT: ReadonlyMap<string, string> = new Map([]);
