import { DAY_MS, HOUR_MS, MINUTE_MS, vietnamDay } from '../kernel/clock.ts';
import { durationMs } from '../kernel/duration.ts';
import type { Chance } from './chance.ts';

const OPENING = { fromMs: 7.5 * HOUR_MS, toMs: 17 * HOUR_MS };
/** History ends a little before its own present. */
const MARGIN_MS = 2 * MINUTE_MS;
const SATURDAY = 6;
const SUNDAY = 0;

/** Offices work by day from Monday to Friday; police, hospitals and shelters at any hour. */
export type Desk = { isAlwaysOpen: boolean };

/** Start of a day of Viet Nam's calendar, in ms since the epoch. */
export function startOfDay(ms: number): number {
  return Date.parse(`${vietnamDay(ms)}T00:00:00+07:00`);
}

/** The instant that `231d 08:40` or `PT5H` names, counted back from `nowMs`. By day on a weekend, an office does it on Friday. */
export function instantOf(moment: string, nowMs: number, desk: Desk): number {
  const backMs = durationMs(moment);
  if (backMs !== null) return nowMs - backMs;
  const [, days, hours, minutes] = /^(\d+)d (\d\d):(\d\d)$/.exec(moment) ?? [];
  const timeMs = Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS;
  const day = startOfDay(nowMs) - Number(days) * DAY_MS;
  const isOfficeWork = !desk.isAlwaysOpen && isOpenAt(timeMs);
  return (isOfficeWork ? fridayBefore(day) : day) + timeMs;
}

export type Waiting = { nowMs: number; desk: Desk; chance: Chance };

/** The instant about `wait` after `previousMs`: an office that is closed by then does it when it opens, unless that is still to come. */
export function instantAfter(previousMs: number, wait: string, { nowMs, desk, chance }: Waiting): number {
  const waitMs = (durationMs(wait) ?? 0) * (0.85 + chance.next() * 0.35);
  const earliest = Math.round((previousMs + Math.max(waitMs, MINUTE_MS)) / 1000) * 1000;
  const atWork = desk.isAlwaysOpen ? earliest : whenOpen(earliest, chance.between(0, 40) * MINUTE_MS);
  const latest = nowMs - MARGIN_MS;
  if (atWork <= latest) return atWork;
  return Math.max(Math.min(earliest, latest), previousMs + 1000);
}

function isOpenAt(timeMs: number): boolean {
  return timeMs >= OPENING.fromMs && timeMs <= OPENING.toMs;
}

function whenOpen(ms: number, afterOpeningMs: number): number {
  const day = startOfDay(ms);
  const opening = nextWorkday(ms - day > OPENING.toMs ? day + DAY_MS : day);
  if (opening === day && isOpenAt(ms - day)) return ms;
  return opening + OPENING.fromMs + afterOpeningMs;
}

function weekday(day: number): number {
  return new Date(day + 12 * HOUR_MS).getUTCDay();
}

function nextWorkday(day: number): number {
  return weekday(day) === SATURDAY ? day + 2 * DAY_MS : weekday(day) === SUNDAY ? day + DAY_MS : day;
}

function fridayBefore(day: number): number {
  return weekday(day) === SATURDAY ? day - DAY_MS : weekday(day) === SUNDAY ? day - 2 * DAY_MS : day;
}
