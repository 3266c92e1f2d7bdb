import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RegisterCaseBody } from '../../server/cases/cases.contract.ts';
import { registrationFaults } from '../../server/cases/registration.rules.ts';
import { aChildCase, aTraffickingCase, aViolenceCase, type Changes } from '../support/bodies.ts';
import { testClock, type TestClock } from '../support/clock.ts';

const clock = testClock();
const today = clock.day();

function faultsOf(make: (clock: TestClock, changes: Changes) => object, changes: Changes = {}): string[] {
  return registrationFaults(make(clock, changes) as unknown as RegisterCaseBody, today).map(
    ({ path, code }) => `${path} ${code}`,
  );
}

it('the three sound registrations have no fault', () => {
  for (const make of [aViolenceCase, aTraffickingCase, aChildCase]) expect(faultsOf(make)).toEqual([]);
});

it('no date may lie in the future, and today is no future', () => {
  const offset = fc.integer({ min: -400, max: 400 });
  fc.assert(
    fc.property(offset, offset, offset, (received, occurred, explained) => {
      const days = { received: clock.day(received), occurred: clock.day(occurred), explained: clock.day(explained) };
      const found = faultsOf(aViolenceCase, {
        basis: { explainedOn: days.explained },
        report: { receivedOn: days.received },
        incident: { occurred: { on: days.occurred } },
      });
      const expected = [
        ...(explained > 0 ? ['basis.explainedOn DATE_IN_FUTURE'] : []),
        ...(received > 0 ? ['report.receivedOn DATE_IN_FUTURE'] : []),
        ...(occurred > 0 ? ['incident.occurred.on DATE_IN_FUTURE'] : []),
      ];
      expect(found).toEqual(expected);
    }),
    { numRuns: 50 },
  );
});

it('a date known to the month or year is in the future only when all of it is', () => {
  const on = (text: string) => faultsOf(aViolenceCase, { incident: { occurred: { on: text } } });
  expect(on(today.slice(0, 7))).toEqual([]);
  expect(on(today.slice(0, 4))).toEqual([]);
  expect(on(String(Number(today.slice(0, 4)) + 1))).toEqual(['incident.occurred.on DATE_IN_FUTURE']);
  expect(faultsOf(aViolenceCase, { survivor: { bornOn: clock.day(1) } })).toContain('survivor.bornOn DATE_IN_FUTURE');
});

it('each number is checked where it stands', () => {
  const perpetrators = [{ phone: '0905 000 123' }, { phone: '113', identityNumber: '12' }];
  const survivor = { identityNumber: '04819400012', contact: { phone: 'gọi cho mẹ' } };
  expect(faultsOf(aViolenceCase, { survivor, perpetrators })).toEqual([
    'survivor.identityNumber NOT_AN_IDENTITY_NUMBER',
    'survivor.contact.phone NOT_A_PHONE',
    'perpetrators.1.phone NOT_A_PHONE',
    'perpetrators.1.identityNumber NOT_AN_IDENTITY_NUMBER',
  ]);
});

it('what was left empty is not a wrong number', () => {
  expect(faultsOf(aViolenceCase, { survivor: { identityNumber: '', contact: { phone: '' } } })).toEqual([]);
});

it('no basis but consent stands without its reason, and a child’s basis needs a minor', () => {
  const code = fc.constantFrom('CHILD_DUTY', 'INCAPACITY', 'VITAL_INTEREST');
  fc.assert(
    fc.property(code, fc.boolean(), fc.integer({ min: 0, max: 70 }), (basis, hasReason, age) => {
      const bornOn = String(Number(today.slice(0, 4)) - age - 1);
      const found = faultsOf(aViolenceCase, {
        basis: { code: basis, reason: hasReason ? 'lý do' : '' },
        survivor: { bornOn },
      });
      expect(found.includes('basis.reason REQUIRED')).toBe(!hasReason);
      expect(found.includes('basis.code INVALID')).toBe(basis === 'CHILD_DUTY' && age >= 18);
    }),
    { numRuns: 60 },
  );
});

it('means are needed for adults and never for minors', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 80 }), (age) => {
      const bornOn = `${Number(today.slice(0, 4)) - age}${today.slice(4)}`;
      const found = faultsOf(aTraffickingCase, { incident: { means: [] }, survivor: { bornOn } });
      expect(found.includes('incident.means REQUIRED')).toBe(age >= 18);
    }),
    { numRuns: 40 },
  );
});
