/** Where a sealed text lies; its revision tells texts of one row apart. */
type LineContext = { table: string; rowId: string; caseId: string; revision: number };

export type SealedText = { keyVersion: number; sealed: Buffer };

/** What auditing asks of the keys, wired by the composition root: one line under an agency's own list key. */
export type LineKeys = {
  sealLine(agencyId: string, context: LineContext, content: unknown): Promise<SealedText>;
  openLine(agencyId: string, context: LineContext & { keyVersion: number }, sealed: Buffer): Promise<unknown>;
};

type Words = { text: string };
/** Which text of which row; a finding is about no case, so its own id stands for one. */
export type Place = { agencyId: string; table: 'finding' | 'explanation'; rowId: string; part: Part };
type Part = keyof typeof REVISIONS;

const REVISIONS = { note: 1, question: 2, answer: 3 } as const;

export function sealText(keys: LineKeys, place: Place, text: string): Promise<SealedText> {
  return keys.sealLine(place.agencyId, contextOf(place), { text } satisfies Words);
}

/** @throws SealError SEAL_BROKEN where the text was moved, exchanged or damaged */
export async function openText(keys: LineKeys, place: Place, { keyVersion, sealed }: SealedText): Promise<string> {
  return ((await keys.openLine(place.agencyId, { ...contextOf(place), keyVersion }, sealed)) as Words).text;
}

function contextOf({ table, rowId, part }: Place): LineContext {
  return { table, rowId, caseId: rowId, revision: REVISIONS[part] };
}
