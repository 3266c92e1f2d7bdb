import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextStepOf } from '../../server/cases/next-step.rules.ts';
import { durationMs } from '../../server/kernel/duration.ts';

const count = fc.nat({ max: 3 });
const counts = fc
  .record({ drafts: count, waiting: count, active: count, done: count })
  .map(({ done, ...open }) => ({ ...open, total: open.drafts + open.waiting + open.active + done }));

it('a closed case asks for nothing more', () => {
  fc.assert(fc.property(counts, (given) => void expect(nextStepOf('closed', given)).toBe('closed')));
});

it('a draft is to be sent before anything is waited for; without any referral the next step is to refer', () => {
  fc.assert(
    fc.property(counts, fc.constantFrom('new', 'case_plan', 'service_provision'), (given, stage) => {
      const expected =
        given.drafts > 0
          ? 'send_draft'
          : given.waiting > 0
            ? 'await_answer'
            : given.total === 0
              ? 'refer'
              : 'follow_up';
      expect(nextStepOf(stage, given)).toBe(expected);
    }),
  );
});

it('durations of days, hours and minutes are read back from ISO 8601', () => {
  const part = fc.option(fc.nat({ max: 400 }), { nil: undefined });
  fc.assert(
    fc.property(part, part, part, (days, hours, minutes) => {
      const written = (count: number | undefined, unit: string): string =>
        count === undefined ? '' : `${count}${unit}`;
      const time = `${written(hours, 'H')}${written(minutes, 'M')}`;
      const text = `P${written(days, 'D')}${time === '' ? '' : `T${time}`}`;
      const [dayCount, hourCount, minuteCount] = [days, hours, minutes].map((count) => count ?? 0) as [
        number,
        number,
        number,
      ];
      const expected = ((dayCount * 24 + hourCount) * 60 + minuteCount) * 60_000;
      expect(durationMs(text)).toBe(text === 'P' ? null : expected);
    }),
  );
});

it('what is no such duration is none', () => {
  for (const text of ['', 'P', 'PT', 'P1M', 'P1Y', 'PT1S', '1D', 'P-1D', 'p1d', 3, null, undefined])
    expect(durationMs(text), String(text)).toBeNull();
});
