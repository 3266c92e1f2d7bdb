import { describe, expect, test } from 'vitest';
import { bodyOf } from '../../client/features/register/body.ts';
import { emptyChild, emptyPerpetrator } from '../../client/features/register/values.ts';
import { registerCaseBody } from '../../server/cases/cases.contract.ts';
import { registrationFaults } from '../../server/cases/registration.rules.ts';
import { today, traffickingValues, usualValues } from './registration-values.ts';

const context = { draftId: '0197c1c8-0280-7b00-8b00-0000000000aa', today, riskLevel: 'HIGH' };

describe('a registration as it is sent', () => {
  test('is what the contract takes, for violence and for trafficking', () => {
    for (const values of [usualValues(), traffickingValues()]) {
      const body = bodyOf(values, context);
      expect(registerCaseBody.safeParse(body).error?.issues).toBeUndefined();
      expect(registrationFaults(registerCaseBody.parse(body), today)).toEqual([]);
    }
  });

  test('leaves out what was left open, also of the other kind of incident', () => {
    const { incident, survivor } = bodyOf(usualValues({ acts: ['RECRUIT'], narrative: '  ' }), context);
    expect(incident).not.toHaveProperty('acts');
    expect(incident).not.toHaveProperty('narrative');
    expect(survivor).not.toHaveProperty('fullName');
    expect(survivor.contact).toEqual({ methods: ['CALL'], mayLeaveMessage: false, phone: '0905 000 123' });
  });

  test('proves her consent, or names the basis, the reason and who represents her', () => {
    expect(bodyOf(usualValues(), context).basis).toEqual({
      code: 'CONSENT',
      evidence: 'SIGNATURE',
      consenter: 'SELF',
      language: 'VIE',
      explainedOn: today,
      isReportUseAgreed: false,
    });
    const representative = { representativeRelation: 'FATHER', isRepresentativeAccused: 'YES' };
    const child = usualValues({ grounds: 'CHILD_DUTY', ageBand: 'B7_15', reason: 'Báo tin', ...representative });
    expect(bodyOf(child, context).basis).toEqual({
      code: 'CHILD_DUTY',
      isReportUseAgreed: false,
      reason: 'Báo tin',
      representative: { relationship: 'FATHER', isAllegedPerpetrator: true },
    });
  });

  test('does not name a representative for a person who consents herself', () => {
    expect(bodyOf(usualValues({ representativeRelation: 'SPOUSE' }), context).basis).not.toHaveProperty(
      'representative',
    );
  });

  test('says the time as well as it is known', () => {
    const at = (changes: Parameters<typeof usualValues>[0]) => bodyOf(usualValues(changes), context).incident.occurred;
    expect(at({ clockTime: '21h30' })).toEqual({ on: '2026-11-21', at: '21:30', timeOfDay: 'UNKNOWN' });
    expect(at({ whenKnown: 'part', occurredMonth: '3', occurredYear: '2025' }).on).toBe('2025-03');
    expect(at({ whenKnown: 'part', occurredMonth: '', occurredYear: '2025' }).on).toBe('2025');
  });

  test('keeps numbers as numbers', () => {
    const body = bodyOf(
      usualValues({
        perpetrators: [{ ...emptyPerpetrator, relationship: 'UNKNOWN', birthYear: '1980' }],
        children: [{ ...emptyChild, ageYears: '6' }],
      }),
      context,
    );
    expect(body.perpetrators[0]?.birthYear).toBe(1980);
    expect(body.children[0]?.ageYears).toBe(6);
  });
});
