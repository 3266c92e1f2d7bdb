import { describe, expect, test } from 'vitest';
import { faultsOf, type FaultsContext } from '../../client/features/register/faults.ts';
import { countingRisk } from '../../client/features/directory/risk.ts';
import { emptyValues } from '../../client/features/register/empty-values.ts';
import { emptyPerpetrator, type RegistrationValues } from '../../client/features/register/values.ts';
import { shippedCodes, today, traffickingValues, usualValues } from './registration-values.ts';

const codes = shippedCodes();

function faults(page: number, values: RegistrationValues): Record<string, string | undefined> {
  const lists = { levels: codes.all('risk_level'), flags: codes.all('red_flag') };
  const riskLevel = countingRisk(values.riskLevel, values.redFlags, lists);
  const context: FaultsContext = { today, ageBands: codes.all('age_band'), riskLevel };
  return faultsOf(page, values, context);
}

const whole = 5;

describe('a registration', () => {
  test('may be sent when the usual questions are answered', () => {
    expect(faults(whole, usualValues())).toEqual({});
    expect(faults(whole, traffickingValues())).toEqual({});
  });

  test('assumes neither consent nor risk, nor what happened, nor who she is', () => {
    const empty = emptyValues({ today, agency: { sectors: [], areaCode: '20263' } });
    expect(Object.keys(faults(1, empty))).toEqual(['grounds', 'riskLevel']);
    expect(Object.keys(faults(2, empty))).toEqual(['gbvType', 'whenKnown', 'placeType']);
    expect(Object.keys(faults(3, empty))).toEqual(['ageBand', 'sex']);
    expect(Object.keys(faults(4, empty))).toEqual(['perpetrators.0.relationship']);
  });

  test('needs a reason without consent, and asks whether the representative is accused', () => {
    const child = usualValues({ grounds: 'CHILD_DUTY', representativeRelation: 'FATHER' });
    expect(faults(1, child)).toEqual({ reason: 'reason', isRepresentativeAccused: 'choose' });
    const guardian = usualValues({ consenter: 'GUARDIAN' });
    expect(faults(1, guardian)).toEqual({ representativeRelation: 'choose' });
  });

  test('does not take the duty towards a child for a grown-up person, whether by band or birth date', () => {
    const base = { grounds: 'CHILD_DUTY', reason: 'Báo tin' };
    expect(faults(3, usualValues(base))).toEqual({ ageBand: 'childBasis' });
    expect(faults(3, usualValues({ ...base, ageBand: 'B7_15' }))).toEqual({});
    expect(faults(3, usualValues({ ...base, ageBand: '', bornYear: '2012' }))).toEqual({});
  });

  test('takes no number without a safe way to use it', () => {
    expect(faults(3, usualValues({ methods: [] }))).toEqual({ methods: 'safeMethod' });
    expect(faults(3, usualValues({ phone: '12' }))).toEqual({ phone: 'phone' });
  });

  test('knows real days and none in the future', () => {
    const on = (day: string, month: string) =>
      usualValues({ whenKnown: 'day', occurredOn: { day, month, year: '2026' } });
    expect(faults(2, on('31', '2'))).toEqual({ occurredOn: 'unreal' });
    expect(faults(2, on('23', '11'))).toEqual({ occurredOn: 'future' });
    expect(faults(2, usualValues({ clockTime: '25:00' }))).toEqual({ clockTime: 'clock' });
    expect(faults(3, usualValues({ bornDay: '1', bornMonth: '', bornYear: '1990' }))).toEqual({ bornYear: 'unreal' });
  });

  test('asks of trafficking its act, means and purpose', () => {
    const none = traffickingValues({ acts: [], means: [], purposes: [] });
    expect(faults(2, none)).toEqual({ acts: 'chooseSome', means: 'chooseSome', purposes: 'chooseSome' });
  });

  test('points to the row of a list', () => {
    const wrong = { ...emptyPerpetrator, relationship: 'UNKNOWN', birthYear: '80' };
    const values = usualValues({ perpetrators: [...usualValues().perpetrators, wrong] });
    expect(faults(4, values)).toEqual({ 'perpetrators.1.birthYear': 'birthYear' });
    expect(faults(4, usualValues({ perpetrators: [] }))).toEqual({});
  });
});
