import type { ListedCode } from '../../../server/directory/directory.contract.ts';

export type RiskLists = { levels: readonly ListedCode[]; flags: readonly ListedCode[] };

/** The lowest level that the chosen red flags allow (a code of `risk_level`); '' without flags. */
export function riskFloor(redFlags: readonly string[], { levels, flags }: RiskLists): string {
  const floors = redFlags.map((flag) => flags.find(({ code }) => code === flag)?.meta['floor']);
  return worst(
    floors.filter((floor) => typeof floor === 'string'),
    levels,
  );
}

/** The level that counts: what was judged, but never below the floor of the red flags; '' while nothing is known. */
export function countingRisk(chosen: string, redFlags: readonly string[], lists: RiskLists): string {
  return worst([chosen, riskFloor(redFlags, lists)].filter(Boolean), lists.levels);
}

/** Levels that the red flags rule out. */
export function levelsBelow(floor: string, levels: readonly ListedCode[]): string[] {
  const lowest = rankOf(floor, levels);
  return levels.flatMap(({ code }) => (rankOf(code, levels) < lowest ? [code] : []));
}

function worst(codes: readonly string[], levels: readonly ListedCode[]): string {
  return codes.toSorted((a, b) => rankOf(b, levels) - rankOf(a, levels))[0] ?? '';
}

function rankOf(level: string, levels: readonly ListedCode[]): number {
  return Number(levels.find(({ code }) => code === level)?.meta['rank'] ?? 0);
}
