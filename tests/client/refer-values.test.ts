import { describe, expect, test } from 'vitest';
import type { ReferralOption } from '../../client/features/refer/columns.ts';
import { consentBodyOf, consentFaultsOf, initialConsent } from '../../client/features/refer/consent-values.ts';
import { addDays, clockOf, endChoices, momentOf, usualEnd } from '../../client/features/refer/periods.ts';
import { atStart, stepBack, stepOf } from '../../client/features/refer/progress.ts';
import {
  basisOfConsent,
  dispatchBodyOf,
  draftBodyOf,
  faultsOf,
  initialValues,
  uncovered,
  type Setting,
} from '../../client/features/refer/share-values.ts';

const today = '2026-11-22';
const nowMs = Date.parse('2026-11-22T14:05:30+07:00');

function optionWith(consents: ReferralOption['consents']): ReferralOption {
  const field = (name: string, share: 'default' | 'ask') => ({
    field: name,
    nameVi: name,
    nameEn: name,
    share,
    form: null,
    preview: 'x',
  });
  return {
    agency: { id: 'agency', nameVi: '', nameEn: '', sector: 'POLICE', areaCode: '', isInArea: true, dutyDesk: null },
    medianAnswerHours: null,
    fields: [field('case_code', 'default'), field('narrative', 'ask')],
    consents,
  };
}

function settingWith(consents: ReferralOption['consents']): Setting {
  return { option: optionWith(consents), service: 'POL.STATEMENT', suggestedUrgency: 'U2', today, draft: null };
}

const consents = [{ id: 'c1', fields: ['case_code', 'narrative'], validUntil: '2026-12-31' }];

describe('a referral that is put together', () => {
  test('is ready to go at once where a consent covers it', () => {
    const setting = settingWith(consents);
    const values = initialValues(setting);
    expect(values).toMatchObject({
      basis: basisOfConsent('c1'),
      fields: ['case_code', 'narrative'],
      urgency: 'U2',
      endsOn: '2026-12-31',
    });
    expect(faultsOf(values, { option: setting.option, today, nowMs })).toEqual({});
    expect(dispatchBodyOf(values, nowMs)).toEqual({ consentId: 'c1' });
    expect(draftBodyOf(values, setting)).toMatchObject({ recipientAgencyId: 'agency', purpose: 'referral_service' });
  });

  test('asks for a basis where there is no consent, and for fields where none is chosen', () => {
    const setting = settingWith([]);
    const values = initialValues(setting);
    expect(faultsOf(values, { option: setting.option, today, nowMs })).toEqual({ basis: 'noBasis' });
    expect(faultsOf({ ...values, fields: [], basis: 'new' }, { option: setting.option, today, nowMs })).toEqual({
      fields: 'noFields',
      basis: 'newConsent',
    });
  });

  test('does not go beyond the consent: neither its fields nor its end', () => {
    const setting = settingWith([{ id: 'c1', fields: ['case_code'], validUntil: '2026-12-31' }]);
    const values = { ...initialValues(setting), fields: ['case_code', 'narrative'], endsOn: '2027-01-01' };
    expect(uncovered(values, setting.option)).toEqual(['narrative']);
    expect(faultsOf(values, { option: setting.option, today, nowMs })).toEqual({
      fields: 'outside',
      endsOn: 'endAfterConsent',
    });
  });

  test('names the legal basis and its reason', () => {
    const setting = settingWith([]);
    const values = { ...initialValues(setting), basis: 'legal' };
    expect(faultsOf(values, { option: setting.option, today, nowMs })).toEqual({
      legalBasis: 'noLegalBasis',
      reason: 'noReason',
    });
    expect(dispatchBodyOf({ ...values, legalBasis: 'VITAL_INTEREST', reason: ' vì ' }, nowMs)).toEqual({
      legalBasis: 'VITAL_INTEREST',
      reason: 'vì',
    });
  });

  test('of the highest urgency waits for the call', () => {
    const setting = settingWith(consents);
    const values = { ...initialValues(setting), urgency: 'U0' };
    const faults = (change: object) => faultsOf({ ...values, ...change }, { option: setting.option, today, nowMs });
    expect(faults({})).toEqual({ called: 'notCalled' });
    expect(faults({ called: 'reached', calledAt: '25:00' })).toEqual({ calledAt: 'noCallTime', spokeTo: 'noSpokeTo' });
    expect(faults({ called: 'unreached', calledAt: '14:00' })).toEqual({});
    expect(
      dispatchBodyOf({ ...values, called: 'reached', calledAt: '14:00', spokeTo: 'Trực ban' }, nowMs).call,
    ).toEqual({ calledAt: '2026-11-22T07:00:00.000Z', isReached: true, spokeTo: 'Trực ban' });
  });
});

describe('periods', () => {
  test('count calendar days over the ends of months and years', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  });

  test('never reach beyond the consent and always offer its end', () => {
    expect(endChoices(today, '2026-12-01')).toEqual([{ day: '2026-12-01', days: null }]);
    expect(endChoices(today, null).map(({ days }) => days)).toEqual([30, 90, 180]);
    expect(usualEnd(today, '2026-12-01')).toBe('2026-12-01');
    expect(usualEnd(today, null)).toBe('2027-02-20');
  });

  test('read a time of day as the last such moment in Viet Nam', () => {
    expect(clockOf(nowMs)).toBe('14:05');
    expect(momentOf('14:05', nowMs)).toBe('2026-11-22T07:05:00.000Z');
    expect(momentOf('23:50', nowMs)).toBe('2026-11-21T16:50:00.000Z');
    expect(momentOf('9h30', nowMs)).toBe('2026-11-22T02:30:00.000Z');
    expect(momentOf('24:00', nowMs)).toBeNull();
    expect(momentOf('', nowMs)).toBeNull();
  });
});

describe('a consent recorded on the spot', () => {
  const complete = { ...initialConsent(today), consenter: 'SELF', evidence: 'SIGNATURE' };

  test('assumes neither who consents nor how', () => {
    expect(consentFaultsOf(initialConsent(today), { fields: ['name'], today })).toEqual({
      consenter: 'consenter',
      evidence: 'evidence',
    });
    expect(consentFaultsOf(complete, { fields: ['name'], today })).toEqual({});
  });

  test('needs a witness when it is only spoken, and a day that has come', () => {
    const spoken = { ...complete, evidence: 'VERBAL_WITNESSED', explainedOn: { day: '23', month: '11', year: '2026' } };
    expect(consentFaultsOf(spoken, { fields: ['name'], today })).toEqual({
      witness: 'witness',
      explainedOn: 'future',
    });
  });

  test('is of exactly the fields that would be sent', () => {
    const body = consentBodyOf(complete, { agencyId: 'agency', fields: ['name', 'sex'], dayOf: () => today });
    expect(body).toMatchObject({ fields: ['name', 'sex'], recipientAgencyId: 'agency', explainedOn: today });
    expect(body).not.toHaveProperty('witness');
  });
});

test('one goes back the way one came', () => {
  const shared = { sector: 'POLICE', service: 'POL.STATEMENT', agencyId: 'agency' };
  expect(stepOf(shared)).toBe('share');
  expect(stepOf(stepBack(shared))).toBe('agency');
  expect(stepOf(stepBack(stepBack(shared)))).toBe('service');
  expect(stepBack(stepBack(stepBack(shared)))).toEqual(atStart);
});
