import fc from 'fast-check';
import { expect, it } from 'vitest';
import { consentState, covers } from '../../server/consent/consent.rules.ts';

const FIELDS = ['case_code', 'name', 'birth', 'sex', 'risk', 'narrative'];
const DAYS = ['2026-11-20', '2026-11-22', '2026-12-01', '2027-02-28', '2027-06-01'];
const field = fc.uniqueArray(fc.constantFrom(...FIELDS), { minLength: 1 });
const day = fc.constantFrom(...DAYS);
const agency = fc.constantFrom('police', 'hospital');
const purpose = fc.constantFrom('referral_service', 'reporting');
const consent = fc.record({
  recipientAgencyId: agency,
  purpose,
  fields: field,
  state: fc.constantFrom('valid' as const, 'withdrawn' as const),
  validUntil: day,
});
const wanted = fc.record({ recipientAgencyId: agency, purpose, fields: field, endsOn: day, day });

it('a consent covers only whole: this recipient, this purpose, every field, the entire period, and while it stands', () => {
  fc.assert(
    fc.property(consent, wanted, (given, asked) => {
      const isWhole =
        given.state === 'valid' &&
        given.validUntil >= asked.day &&
        given.validUntil >= asked.endsOn &&
        given.recipientAgencyId === asked.recipientAgencyId &&
        given.purpose === asked.purpose &&
        new Set([...given.fields, ...asked.fields]).size === given.fields.length;
      expect(covers(given, asked)).toBe(isWhole);
    }),
    { numRuns: 1000 },
  );
});

it('agreeing to more never covers less, asking for less is never refused more', () => {
  fc.assert(
    fc.property(consent, wanted, field, (given, asked, more) => {
      if (!covers(given, asked)) return;
      expect(covers({ ...given, fields: [...new Set([...given.fields, ...more])] }, asked)).toBe(true);
      expect(covers(given, { ...asked, fields: asked.fields.slice(0, 1) })).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

it('a withdrawn consent is withdrawn, however long it would have stood', () => {
  fc.assert(
    fc.property(
      day,
      day,
      (validUntil, today) => void expect(consentState({ state: 'withdrawn', validUntil }, today)).toBe('withdrawn'),
    ),
  );
});

it('a consent stands on its last day and not on the next', () => {
  expect(consentState({ state: 'valid', validUntil: '2026-11-22' }, '2026-11-22')).toBe('valid');
  expect(consentState({ state: 'valid', validUntil: '2026-11-22' }, '2026-11-23')).toBe('expired');
});
