import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sharedFields, servicesToAsk, usualFields } from '../../client/features/consent/shares.ts';
import { initialTerms, monthsLater, termsBodyOf, termsFaults } from '../../client/features/consent/terms-values.ts';
import { touchedBy } from '../../client/features/consent/touched.ts';
import { words as en } from '../../client/locales/en/consent.ts';
import { words as vi } from '../../client/locales/vi/consent.ts';
import { recordConsentBody, type ConsentView } from '../../server/consent/consent.contract.ts';
import type { Agency, Service } from '../../server/directory/directory.contract.ts';
import type { ReferralLine, ReferralOptions } from '../../server/referrals/referrals.contract.ts';

const today = '2026-11-22';
const agencyId = '0197c1c8-0280-7a00-8a00-000000000002';

describe('a consent being recorded', () => {
  const filled = {
    ...initialTerms(today, undefined),
    agencyId,
    fields: ['case_code', 'safe_contact'],
    consenter: 'SELF',
    evidence: 'SIGNATURE',
  };

  test('assumes neither recipient nor consent, and ends after six months', () => {
    expect(Object.keys(termsFaults(initialTerms(today, undefined), today))).toEqual([
      'agencyId',
      'consenter',
      'evidence',
    ]);
    expect(monthsLater('2026-11-22', 6)).toBe('2027-05-22');
    expect(monthsLater('2026-08-31', 6)).toBe('2027-02-28');
  });

  test('is what the contract takes', () => {
    expect(termsFaults(filled, today)).toEqual({});
    const body = termsBodyOf({ ...filled, witness: 'Không dùng', excluded: ' ' });
    expect(recordConsentBody.parse(body)).toEqual(body);
    expect(body).not.toHaveProperty('witness');
    expect(body).not.toHaveProperty('excluded');
  });

  test('needs a witness for words, a day to come for its end, and something to share', () => {
    expect(termsFaults({ ...filled, evidence: 'VERBAL_WITNESSED' }, today)).toEqual({ witness: 'witness' });
    const past = { day: '21', month: '11', year: '2026' };
    expect(termsFaults({ ...filled, validUntil: past }, today)).toEqual({ validUntil: 'untilPast' });
    const tomorrow = { day: '23', month: '11', year: '2026' };
    expect(termsFaults({ ...filled, explainedOn: tomorrow }, today)).toEqual({ explainedOn: 'explainedFuture' });
    expect(termsFaults({ ...filled, fields: [] }, today)).toEqual({ fields: 'fields' });
  });

  test('says why in the words of the disclosure matrix', () => {
    const file = new URL('../../policies/disclosure-matrix.json', import.meta.url);
    const matrix = JSON.parse(readFileSync(file, 'utf8')) as { fields: Record<string, string>[] };
    const why = (name: string) =>
      Object.fromEntries(matrix.fields.flatMap((each) => (each[name] ? [[each['field'], each[name]]] : [])));
    expect(vi.why).toEqual(why('whyVi'));
    expect(en.why).toEqual(why('whyEn'));
  });
});

describe('what an agency may get', () => {
  const field = (name: string, share: 'default' | 'ask' | 'never', preview: unknown = 'x') => ({
    field: name,
    nameVi: name,
    nameEn: name,
    share,
    form: null,
    preview,
  });
  const answer = (fields: ReturnType<typeof field>[]) =>
    ({ options: [{ agency: { id: agencyId }, fields }] }) as unknown as ReferralOptions;

  test('is the most that any of its sectors may get', () => {
    const fields = sharedFields(agencyId, [
      answer([field('name', 'never'), field('birth', 'ask')]),
      answer([field('name', 'default'), field('birth', 'never')]),
    ]);
    expect(fields.map(({ field: name, share }) => `${name} ${share}`)).toEqual(['name default', 'birth ask']);
  });

  test('is ticked at first only where the case holds it', () => {
    const fields = sharedFields(agencyId, [
      answer([field('name', 'default'), field('trafficking', 'default', null), field('id_number', 'ask')]),
    ]);
    expect(usualFields(fields)).toEqual(['name']);
  });

  test('is asked once per sector', () => {
    const services = ['A.1', 'A.2', 'B.1'].map((code) => ({ code, sector: code.slice(0, 1) }) as Service);
    expect(servicesToAsk({ services: ['A.2', 'B.1', 'A.1'] } as Agency, services).toSorted()).toEqual(['A.1', 'B.1']);
  });
});

describe('a withdrawal', () => {
  const line = (id: string, state: ReferralLine['state'], changes: { basis?: string; partner?: string } = {}) =>
    ({
      id,
      state,
      partner: { id: changes.partner ?? agencyId },
      notice: { basis: changes.basis ?? 'CONSENT' },
    }) as unknown as ReferralLine;
  const consent = { recipientAgency: { id: agencyId } } as ConsentView;

  test('closes what rests on consent to this agency, and leaves what rests on the law', () => {
    const { closing, staying } = touchedBy(consent, [
      line('a', 'in_service'),
      line('b', 'completed'),
      line('c', 'sent', { partner: 'other' }),
      line('d', 'accepted', { basis: 'CHILD_DUTY', partner: 'other' }),
      { ...line('e', 'draft'), notice: null },
    ]);
    expect(closing.map(({ id }) => id)).toEqual(['a']);
    expect(staying.map(({ id }) => id)).toEqual(['d']);
  });
});
