import { describe, expect, test } from 'vitest';
import { awaitsAnswer, groupsOf, mayOpen } from '../../client/features/inbox/inbox-groups.ts';
import { medianOf } from '../../client/features/refer/median.ts';
import { offeredServices } from '../../client/features/refer/offered.ts';
import { stepName } from '../../client/features/referral/step-name.ts';
import { REFERRAL_STATES } from '../../server/referrals/referral-states.rules.ts';
import type { Agency, Service } from '../../server/directory/directory.contract.ts';
import type { ReferralLine } from '../../server/referrals/referrals.contract.ts';

function line(id: string, change: Partial<ReferralLine>): ReferralLine {
  const partner = { id: 'p', nameVi: '', nameEn: '' };
  return {
    id,
    state: 'sent',
    box: 'inbox',
    notice: null,
    caseId: null,
    partner,
    priority: 2,
    sentAt: null,
    dueAt: null,
    isMine: false,
    version: 1,
    ...change,
  };
}

describe('the inbox', () => {
  test('puts what waits for an answer first, the soonest due on top', () => {
    const groups = groupsOf([
      line('done', { state: 'completed' }),
      line('late', { dueAt: '2026-11-25T00:00:00Z' }),
      line('soon', { state: 'received', dueAt: '2026-11-23T00:00:00Z' }),
      line('undue', {}),
      line('running', { state: 'in_service' }),
    ]);
    expect(groups.map(({ name, lines }) => [name, lines.map(({ id }) => id)])).toEqual([
      ['waiting', ['soon', 'late', 'undue']],
      ['running', ['running']],
      ['done', ['done']],
    ]);
  });

  test('has a place for every state', () => {
    const lines = REFERRAL_STATES.map((state) => line(state, { state }));
    expect(groupsOf(lines).flatMap((group) => group.lines)).toHaveLength(REFERRAL_STATES.length);
    expect(REFERRAL_STATES.filter((state) => awaitsAnswer({ state }))).toEqual(['sent', 'received']);
  });

  test('offers to open only what this person may open', () => {
    expect(mayOpen(line('a', {}), { isDesk: false })).toBe(false);
    expect(mayOpen(line('a', { isMine: true }), { isDesk: false })).toBe(true);
    expect(mayOpen(line('a', {}), { isDesk: true })).toBe(true);
    expect(mayOpen(line('a', { box: 'outbox' }), { isDesk: false })).toBe(true);
  });
});

test('a median time is said in the unit people use', () => {
  expect(medianOf(null)).toBeNull();
  expect(medianOf(0.4)).toEqual({ unit: 'hour' });
  expect(medianOf(5.6)).toEqual({ unit: 'hours', count: 6 });
  expect(medianOf(47)).toEqual({ unit: 'days', count: 2 });
});

test('only services that another agency answers are offered', () => {
  const services = ['A', 'B', 'C'].map((code) => ({ code })) as Service[];
  const agencies = [
    { id: 'own', services: ['A'] },
    { id: 'other', services: ['B'] },
  ] as Agency[];
  expect(offeredServices(services, agencies, 'own').map(({ code }) => code)).toEqual(['B']);
});

test('a step without a name of its own is called another step', () => {
  expect(stepName('referral.accept')).toBe('accept');
  expect(stepName('referral.unheard_of')).toBe('other');
});
