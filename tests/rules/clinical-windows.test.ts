import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Incident } from '../../server/cases/cases.contract.ts';
import { clinicalWindows } from '../../server/cases/clinical-windows.rules.ts';

const HOUR_MS = 3_600_000;
const WINDOWS = [
  { code: 'HIV_PEP', withinMs: 72 * HOUR_MS },
  { code: 'EMERGENCY_CONTRACEPTION', withinMs: 120 * HOUR_MS },
];

function anIncident(gbvType: string, on: string, at?: string): Incident {
  return {
    kind: 'violence',
    gbvType,
    lawActs: [],
    occurred: { on, timeOfDay: 'UNKNOWN', ...(at === undefined ? {} : { at }) },
    place: { areaCode: '20263', placeType: 'UNKNOWN' },
    health: { needs: [], isPregnant: 'UNKNOWN' },
  };
}

it('a window ends exactly its length after the moment, in Viet Nam’s time', () => {
  const [pep] = clinicalWindows(anIncident('RAPE', '2026-11-20', '21:30'), WINDOWS, Date.parse('2026-11-22T00:00:00Z'));
  expect(pep).toEqual({ code: 'HIV_PEP', endsAt: '2026-11-23T14:30:00.000Z', isOpen: true });
});

it('without a time of day the window is counted from midnight, so it never looks longer than it is', () => {
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`);
  fc.assert(
    fc.property(time, (at) => {
      const known = clinicalWindows(anIncident('SEXUAL_ASSAULT', '2026-11-20', at), WINDOWS, 0);
      const unknown = clinicalWindows(anIncident('SEXUAL_ASSAULT', '2026-11-20'), WINDOWS, 0);
      expect(
        unknown.map((window) => window.endsAt <= (known.find((each) => each.code === window.code)?.endsAt ?? '')),
      ).toEqual([true, true]);
    }),
  );
});

it('a window closes at its end and stays closed', () => {
  const endMs = Date.parse('2026-11-22T17:00:00Z');
  const isOpen = (nowMs: number) =>
    clinicalWindows(anIncident('RAPE', '2026-11-20'), WINDOWS.slice(0, 1), nowMs)[0]?.isOpen;
  expect([isOpen(endMs - 1), isOpen(endMs), isOpen(endMs + HOUR_MS)]).toEqual([true, false, false]);
});

it('only sexual violence has windows, and only where the day is known', () => {
  for (const type of ['PHYSICAL_ASSAULT', 'FORCED_MARRIAGE', 'NON_GBV'])
    expect(clinicalWindows(anIncident(type, '2026-11-20'), WINDOWS, 0)).toEqual([]);
  for (const on of ['2026', '2026-11']) expect(clinicalWindows(anIncident('RAPE', on), WINDOWS, 0)).toEqual([]);
});
