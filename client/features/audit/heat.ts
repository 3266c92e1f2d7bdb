/** A cell of the week: ISO weekday (1 is Monday) and hour of day. */
export type Cell = { weekday: number; hour: number };

/** Counts by weekday (seven rows, Monday first) and hour (24 columns). */
export type HeatRows = readonly (readonly number[])[];

export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
export const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

export type HeatLevel = 0 | 1 | 2 | 3 | 4;

export function countAt(rows: HeatRows, { weekday, hour }: Cell): number {
  return rows[weekday - 1]?.[hour] ?? 0;
}

/** One of five steps: none, then four that grow by the square root, so that quiet hours still show beside busy ones. */
export function heatLevel(count: number, most: number): HeatLevel {
  if (count <= 0 || most <= 0) return 0;
  return Math.min(4, Math.max(1, Math.ceil(Math.sqrt(count / most) * 4))) as HeatLevel;
}

/** The busiest cell; the earliest of several. */
export function peakOf(rows: HeatRows): Cell {
  const cells = WEEKDAYS.flatMap((weekday) => HOURS.map((hour) => ({ weekday, hour })));
  return cells.reduce((best, cell) => (countAt(rows, cell) > countAt(rows, best) ? cell : best), {
    weekday: 1,
    hour: 0,
  });
}

/** Deeds from 22 h to 6 h. */
export function nightCount(rows: HeatRows): number {
  return rows.flat().reduce((sum, count, at) => sum + (at % 24 >= 22 || at % 24 < 6 ? count : 0), 0);
}

/**
 * Where a key leads from a cell, or null for a key that leads nowhere. Hours run along the rows of the picture, or down its
 * columns where it stands upright on a phone; the week and the day do not wrap.
 */
export function cellAfter(cell: Cell, key: string, isUpright: boolean): Cell | null {
  const step = (isUpright ? UPRIGHT : LYING).get(key);
  if (step === undefined) return null;
  const [days, hours] = step;
  return {
    weekday: Math.min(7, Math.max(1, cell.weekday + days)),
    hour: Math.min(23, Math.max(0, cell.hour + hours)),
  };
}

type Steps = ReadonlyMap<string, readonly [days: number, hours: number]>;

const LYING: Steps = new Map([
  ['ArrowLeft', [0, -1]],
  ['ArrowRight', [0, 1]],
  ['ArrowUp', [-1, 0]],
  ['ArrowDown', [1, 0]],
  ['Home', [0, -23]],
  ['End', [0, 23]],
]);
const UPRIGHT: Steps = new Map([
  ['ArrowLeft', [-1, 0]],
  ['ArrowRight', [1, 0]],
  ['ArrowUp', [0, -1]],
  ['ArrowDown', [0, 1]],
  ['Home', [-6, 0]],
  ['End', [6, 0]],
]);
