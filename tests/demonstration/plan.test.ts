import { describe, expect, it } from 'vitest';
import { castOf } from '../../server/demonstration/cast.ts';
import { chanceOf } from '../../server/demonstration/chance.ts';
import { readDistrict } from '../../server/demonstration/district.ts';
import { registrationOf } from '../../server/demonstration/persona.rules.ts';
import { planHistory } from '../../server/demonstration/plan-history.ts';
import type { PlannedCall } from '../../server/demonstration/planned-call.ts';
import { instantAfter, instantOf } from '../../server/demonstration/schedule.rules.ts';
import { readHistory } from '../../server/demonstration/stories.ts';
import { wavesOf } from '../../server/demonstration/waves.rules.ts';
import type { Directory } from '../../server/directory/directory.ts';
import { releaseData } from '../../server/directory/load-directory.store.ts';
import { parseMatrix } from '../../server/directory/disclosure-matrix.ts';
import { readFileSync } from 'node:fs';

const MONDAY_MORNING = Date.parse('2026-11-23T08:10:00+07:00');
const STARTS = [
  MONDAY_MORNING,
  Date.parse('2026-11-22T23:55:00+07:00'),
  Date.parse('2026-11-21T00:01:00+07:00'),
  Date.parse('2027-01-01T12:00:00+07:00'),
  Date.parse('2028-02-29T17:05:00+07:00'),
];

/** What planning asks of the directory, from the files of the release. */
async function releaseDirectory(): Promise<Directory> {
  const services = await releaseData<{ code: string; sector: string; defaultUrgency: string }[]>('services.json');
  const matrix = parseMatrix(readFileSync(new URL('../../policies/disclosure-matrix.json', import.meta.url), 'utf8'));
  return {
    service: (code: string) => services.find((each) => each.code === code),
    matrix: () => matrix,
  } as unknown as Directory;
}

async function plannedAt(nowMs: number): Promise<PlannedCall[]> {
  const cast = castOf(await readDistrict());
  return planHistory({ nowMs, cast, directory: await releaseDirectory() }, await readHistory());
}

describe('the plan of the history', () => {
  it.each(STARTS)(
    'lies wholly in the past, each case in its order, whatever the hour of the first start (%i)',
    async (nowMs) => {
      const calls = await plannedAt(nowMs);
      const made = new Set<string>();
      const names = (values: object): string[] =>
        Object.values(values).flatMap((value) =>
          typeof value === 'string' && value.startsWith('@') ? [value.slice(1)] : [],
        );
      for (const call of calls) {
        expect(call.atMs, call.key).toBeLessThan(nowMs);
        for (const name of [...names(call.params), ...names(call.body)]) expect(made, call.key).toContain(name);
        if (call.makes !== undefined) made.add(call.makes);
      }
      expect(new Set(calls.map((call) => call.key)).size).toBe(calls.length);
    },
  );

  it('is the same at every try from the same moment', async () => {
    const withoutIds = (calls: PlannedCall[]) =>
      calls.map(({ params, ...call }) => ({ ...call, params: Object.keys(params) }));
    expect(withoutIds(await plannedAt(MONDAY_MORNING))).toEqual(withoutIds(await plannedAt(MONDAY_MORNING)));
  });

  it('lets only calls of different cases by different people happen at once, and none of the last 60 days', async () => {
    const calls = await plannedAt(MONDAY_MORNING);
    const waves = wavesOf(calls, MONDAY_MORNING);
    expect(waves.flat()).toEqual(calls);
    for (const wave of waves.filter((each) => each.length > 1)) {
      expect(new Set(wave.map((call) => call.by)).size).toBe(wave.length);
      expect(Math.max(...wave.map((call) => call.atMs))).toBeLessThan(MONDAY_MORNING - 60 * 86_400_000);
    }
  });

  it('makes the same synthetic person of the same story, with the age it says', async () => {
    const { stories, people } = await readHistory();
    for (const story of stories) {
      const made = registrationOf(story, { atMs: MONDAY_MORNING, people });
      expect(registrationOf(story, { atMs: MONDAY_MORNING, people })).toEqual(made);
      const { bornOn, fullName } = made['survivor'] as { bornOn: string; fullName: string };
      const age = story.survivor.age;
      expect([age, age + 1]).toContain(2026 - Number(bornOn.slice(0, 4)));
      expect(fullName).toBe(fullName.normalize('NFC'));
    }
  });
});

describe('times of the history', () => {
  const office = { isAlwaysOpen: false };
  const police = { isAlwaysOpen: true };
  const at = (ms: number): string => new Date(ms + 7 * 3_600_000).toISOString().slice(0, 16);

  it('lets an office work on the Friday before a weekend, and the police at any hour', () => {
    expect(at(instantOf('1d 09:00', MONDAY_MORNING, office))).toBe('2026-11-20T09:00');
    expect(at(instantOf('1d 09:00', MONDAY_MORNING, police))).toBe('2026-11-22T09:00');
    expect(at(instantOf('1d 23:40', MONDAY_MORNING, office))).toBe('2026-11-22T23:40');
    expect(instantOf('PT5H', MONDAY_MORNING, office)).toBe(MONDAY_MORNING - 5 * 3_600_000);
  });

  it('lets a closed office answer when it opens, and never later than the present', () => {
    const fridayEvening = Date.parse('2026-11-20T16:55:00+07:00');
    const waiting = { nowMs: MONDAY_MORNING + 86_400_000, chance: chanceOf('a') };
    expect(at(instantAfter(fridayEvening, 'PT1H', { ...waiting, desk: office })).slice(0, 10)).toBe('2026-11-23');
    expect(at(instantAfter(fridayEvening, 'PT1H', { ...waiting, desk: police })).slice(0, 10)).toBe('2026-11-20');
    const saturday = Date.parse('2026-11-21T10:00:00+07:00');
    expect(instantAfter(fridayEvening, 'PT1H', { nowMs: saturday, desk: office, chance: chanceOf('a') })).toBeLessThan(
      saturday,
    );
  });
});
