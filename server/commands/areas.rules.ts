/** An area as the directory holds it; days are `YYYY-MM-DD`, `validTo` is the first day on which it is no longer valid. */
export type AreaRow = {
  code: string;
  name: string;
  parent: string | null;
  level: 'province' | 'commune';
  validFrom: string;
  validTo: string | null;
};
export type NewArea = Omit<AreaRow, 'validTo'>;

export type RefusalReason =
  | 'NOT_AN_OBJECT'
  | 'CODE_NOT_DIGITS'
  | 'NAME_EMPTY'
  | 'NAME_NOT_NFC'
  | 'NAME_TOO_LONG'
  | 'PARENT_NOT_TEXT'
  | 'PARENT_UNKNOWN'
  | 'DUPLICATE'
  | 'ALREADY_BEGINS';
/** `row` counts from 1 in the file; `detail` is a code, a row or a day that explains it. */
export type Refusal = { row: number; code: string | null; reason: RefusalReason; detail: string };

/** What an import would do: rows that begin on `from`, current rows of the same codes that end on that day, and the rest. */
export type AreaPlan = {
  added: NewArea[];
  changed: { before: AreaRow; after: NewArea }[];
  unchanged: number;
  notInFile: number;
  refused: Refusal[];
};

export type Importing = { existing: readonly AreaRow[]; from: string };

const LONGEST_NAME = 120;

type Candidate = { row: number; area: NewArea };

/** Decides for each row of the file, in order, whether it is new, changed, unchanged or refused and why. */
export function planAreas(rows: readonly unknown[], { existing, from }: Importing): AreaPlan {
  const checked = rows.map((value, index) => shapeOf(value, { row: index + 1, from }));
  const refused: Refusal[] = checked.filter((each) => 'reason' in each);
  const shaped = checked.filter((each) => 'area' in each);
  const { first, repeated } = withoutRepetitions(shaped);
  const current = new Map(existing.filter((row) => isValidOn(row, from)).map((row) => [row.code, row]));
  const provinces = new Set([
    ...first.flatMap(({ area }) => (area.level === 'province' ? [area.code] : [])),
    ...[...current.values()].flatMap((row) => (row.level === 'province' ? [row.code] : [])),
  ]);
  const plan: AreaPlan = { added: [], changed: [], unchanged: 0, notInFile: 0, refused: [...refused, ...repeated] };
  for (const candidate of first) {
    const refusal = parentRefusal(candidate, provinces) ?? timeRefusal(candidate, existing, current);
    if (refusal === null) settle(plan, candidate.area, current.get(candidate.area.code));
    else plan.refused.push(refusal);
  }
  const inFile = new Set(shaped.map(({ area }) => area.code));
  plan.notInFile = [...current.keys()].filter((code) => !inFile.has(code)).length;
  plan.refused.sort((a, b) => a.row - b.row);
  return plan;
}

function settle(plan: AreaPlan, area: NewArea, before: AreaRow | undefined): void {
  if (before === undefined) plan.added.push(area);
  else if (isSameArea(before, area)) plan.unchanged += 1;
  else plan.changed.push({ before, after: area });
}

type Fields = { code?: unknown; name?: unknown; parent?: unknown };
type Fault = { reason: RefusalReason; detail: string } | null;

function shapeOf(value: unknown, { row, from }: { row: number; from: string }): Candidate | Refusal {
  if (!isObject(value)) return { row, code: null, reason: 'NOT_AN_OBJECT', detail: '' };
  const { code, name, parent = null }: Fields = value;
  if (typeof code !== 'string' || !/^\d{2,10}$/.test(code))
    return { row, code: null, reason: 'CODE_NOT_DIGITS', detail: shown(code) };
  const fault = nameFault(name) ?? parentFault(parent);
  if (fault !== null) return { row, code, ...fault };
  const level = parent === null ? 'province' : 'commune';
  return { row, area: { code, name: String(name).trim(), parent: parent as string | null, level, validFrom: from } };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nameFault(name: unknown): Fault {
  if (typeof name !== 'string' || name.trim() === '') return { reason: 'NAME_EMPTY', detail: '' };
  if (name !== name.normalize('NFC')) return { reason: 'NAME_NOT_NFC', detail: '' };
  return name.length > LONGEST_NAME ? { reason: 'NAME_TOO_LONG', detail: String(LONGEST_NAME) } : null;
}

function parentFault(parent: unknown): Fault {
  return parent === null || typeof parent === 'string' ? null : { reason: 'PARENT_NOT_TEXT', detail: shown(parent) };
}

/** What was written in the place of a code, cut short and without control characters. */
function shown(value: unknown): string {
  return (JSON.stringify(value) ?? '').slice(0, 40);
}

function withoutRepetitions(shaped: readonly Candidate[]): { first: Candidate[]; repeated: Refusal[] } {
  const rowOf = new Map<string, number>();
  const first: Candidate[] = [];
  const repeated: Refusal[] = [];
  for (const candidate of shaped) {
    const { code } = candidate.area;
    const earlier = rowOf.get(code);
    if (earlier === undefined) {
      rowOf.set(code, candidate.row);
      first.push(candidate);
    } else repeated.push({ row: candidate.row, code, reason: 'DUPLICATE', detail: String(earlier) });
  }
  return { first, repeated };
}

function parentRefusal({ row, area }: Candidate, provinces: ReadonlySet<string>): Refusal | null {
  if (area.parent === null || provinces.has(area.parent)) return null;
  return { row, code: area.code, reason: 'PARENT_UNKNOWN', detail: shown(area.parent) };
}

/** A row cannot begin where another one of its code begins, or before one that is still to come. */
function timeRefusal(
  { row, area }: Candidate,
  existing: readonly AreaRow[],
  current: ReadonlyMap<string, AreaRow>,
): Refusal | null {
  const before = current.get(area.code);
  if (before !== undefined && isSameArea(before, area)) return null;
  const blocking = existing.find((each) => each.code === area.code && each.validFrom >= area.validFrom);
  if (blocking === undefined) return null;
  return { row, code: area.code, reason: 'ALREADY_BEGINS', detail: blocking.validFrom };
}

function isValidOn(row: AreaRow, day: string): boolean {
  return row.validFrom <= day && (row.validTo === null || day < row.validTo);
}

/** The same area, whichever of the two lawful places of the tone mark its name uses (Hòa, Hoà). */
function isSameArea(before: AreaRow, after: NewArea): boolean {
  return before.parent === after.parent && before.level === after.level && toned(before.name) === toned(after.name);
}

const OLD_TONES = 'òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy'.split(' ');
const NEW_TONES = 'oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ'.split(' ');

function toned(name: string): string {
  return OLD_TONES.reduce(
    (text, old, index) => text.replaceAll(old, NEW_TONES[index] ?? old),
    name.normalize('NFC').toLowerCase().replaceAll(/\s+/gu, ' '),
  );
}
