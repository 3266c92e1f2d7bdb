import { describe, expect, test } from 'vitest';
import type { CaseLine, CaseView } from '../../server/cases/cases.contract.ts';
import { REGISTER_EXAMPLE } from '../../server/cases/cases.examples.ts';
import { ageBandOf } from '../../server/cases/age.rules.ts';
import { changeCaseBody } from '../../server/cases/cases.contract.ts';
import { changeOf, isEmpty, mayMoveTo, rebase, valuesOf } from '../../client/features/case/change-values.ts';
import { incidentFacts, identityFacts, listsOf, survivorFacts } from '../../client/features/case/facts.ts';
import { gapsOf, partialDayWords, timeLeft } from '../../client/features/case/words-of-time.ts';
import { settleExclusive } from '../../client/features/directory/codes.ts';
import { countingRisk, levelsBelow, riskFloor } from '../../client/features/directory/risk.ts';
import { groupsOf } from '../../client/features/my-work/work-groups.ts';
import { bandOfBirth } from '../../client/features/register/age.ts';
import { shippedCodes } from './registration-values.ts';

const nowMs = Date.parse('2026-11-22T10:00:00+07:00');
const codes = shippedCodes();

describe('my work', () => {
  const line = (code: string, nextStep: CaseLine['nextStep'], dueAt: string | null): CaseLine => ({
    id: code,
    code,
    stage: 'new',
    priority: 2,
    nextStep,
    dueAt,
    openedAt: '2026-11-01T00:00:00Z',
    assignee: null,
    isMine: true,
    openReferrals: 0,
    version: 1,
  });

  test('shows what is late first, then today, waiting, later and closed', () => {
    const groups = groupsOf(
      [
        line('L', 'follow_up', '2026-11-25T10:00:00+07:00'),
        line('N', 'follow_up', null),
        line('W', 'await_answer', '2026-11-22T12:00:00+07:00'),
        line('T', 'refer', '2026-11-22T18:00:00+07:00'),
        line('O2', 'await_answer', '2026-11-22T09:00:00+07:00'),
        line('O1', 'refer', '2026-11-20T09:00:00+07:00'),
        line('C', 'closed', '2026-11-20T09:00:00+07:00'),
      ],
      nowMs,
    );
    expect(groups.map(({ name, lines }) => [name, lines.map(({ code }) => code).join()])).toEqual([
      ['overdue', 'O1,O2'],
      ['today', 'T'],
      ['waiting', 'W'],
      ['later', 'L,N'],
      ['closed', 'C'],
    ]);
  });
});

describe('a case in words', () => {
  test('counts a window of care in hours, and never up', () => {
    const inMs = (ms: number): string => new Date(nowMs + ms).toISOString();
    const hour = 3_600_000;
    expect(timeLeft(inMs(32 * hour - 1), nowMs)).toEqual({ kind: 'hours', count: 31 });
    expect(timeLeft(inMs(0.7 * hour), nowMs)).toEqual({ kind: 'minutes', count: 42 });
    expect(timeLeft(inMs(300 * hour), nowMs)).toEqual({ kind: 'days', count: 12 });
    expect(timeLeft(inMs(0), nowMs)).toEqual({ kind: 'over' });
  });

  test('says where nothing was done for a week or longer', () => {
    const times = ['2026-11-10T00:00:00Z', '2026-11-09T00:00:00Z', '2026-10-20T00:00:00Z'];
    expect(gapsOf(times, nowMs)).toEqual([12, 0, 20]);
    expect(gapsOf([], nowMs)).toEqual([]);
  });

  test('shows a day as well as it is known', () => {
    expect(['2026-03-27', '2026-03', '2026'].map(partialDayWords)).toEqual(['27/03/2026', '03/2026', '2026']);
  });

  test('keeps who she is apart from what services need', () => {
    const survivor = REGISTER_EXAMPLE.survivor as CaseView['survivor'];
    const open = JSON.stringify(survivorFacts(survivor));
    for (const secret of [survivor.fullName, survivor.identityNumber, survivor.contact.phone, survivor.bornOn])
      expect(open).not.toContain(secret);
    expect(identityFacts(survivor).map(({ label }) => label)).toEqual(['fullName', 'bornOn', 'identityNumber']);
  });

  test('asks for no list that it is not worded from', () => {
    const facts = incidentFacts(REGISTER_EXAMPLE.incident as CaseView['incidents'][number]['value']);
    expect(listsOf(facts)).toEqual(['gbv_type', 'law_act', 'time_of_day', 'place_type', 'health_need']);
  });
});

describe('a change of a case', () => {
  const risk = { level: 'MEDIUM', redFlags: ['ESCALATING'] };
  const basis = { isReportUseAgreed: true };
  const view = { stage: 'new', risk, basis, version: 3 } as unknown as CaseView;

  test('sends only what differs', () => {
    const same = valuesOf(view);
    expect(isEmpty(changeOf(same, view, 'MEDIUM'))).toBe(true);
    expect(changeOf({ ...same, stage: 'case_plan' }, view, 'MEDIUM')).toEqual({ stage: 'case_plan' });
    expect(changeOf({ ...same, reportUse: 'NO' }, view, 'MEDIUM')).toEqual({ isReportUseAgreed: false });
    const worse = changeOf({ ...same, redFlags: ['ESCALATING', 'WEAPON'] }, view, 'EMERGENCY');
    expect(changeCaseBody.parse(worse)).toEqual({ risk: { level: 'EMERGENCY', redFlags: ['ESCALATING', 'WEAPON'] } });
  });

  test('of one thing does not undo what somebody else has changed meanwhile', () => {
    const newer = { ...view, version: 4, risk: { level: 'HIGH', redFlags: ['SEPARATION'] } };
    const moved = rebase({ ...valuesOf(view), stage: 'case_plan' }, newer);
    expect(changeOf(moved, newer, moved.riskLevel)).toEqual({ stage: 'case_plan' });
    const judged = rebase({ ...valuesOf(view), riskLevel: 'EMERGENCY' }, { ...newer, stage: 'case_plan' });
    expect(judged).toMatchObject({ stage: 'case_plan', riskLevel: 'EMERGENCY', redFlags: ['ESCALATING'], version: 4 });
  });

  test('of her agreement stays as it was chosen, and is not undone by who chose nothing', () => {
    const newer = { ...view, version: 4, basis: { isReportUseAgreed: false } } as CaseView;
    expect(rebase(valuesOf(view), newer).reportUse).toBe('NO');
    expect(rebase({ ...valuesOf(newer), reportUse: 'YES' }, { ...newer, version: 5 }).reportUse).toBe('YES');
  });

  test('offers no stage that needs an approval', () => {
    const offered = codes.all('case_stage').filter(({ code }) => mayMoveTo(code, 'new'));
    expect(offered.map(({ code }) => code)).toEqual(['new', 'case_plan', 'service_provision', 'services_implemented']);
  });
});

describe('codes', () => {
  test('are named in the language of the screen, and an old one is said to be old', () => {
    expect(codes.name('sex', 'FEMALE')).toBe('Nữ');
    expect(shippedCodes('en').name('sex', 'FEMALE')).toBe('Female');
    expect(codes.name('sex', 'GONE')).toBe('(cũ)');
    expect(codes.name('sex', undefined)).toBe('');
    expect(codes.names('risk_level', ['HIGH', 'LOW'])).toBe('Cao; Thấp');
  });

  test('such as “none” stand alone', () => {
    const all = codes.all('disability');
    expect(settleExclusive(all, ['UNKNOWN'], ['SEEING', 'UNKNOWN'])).toEqual(['SEEING']);
    expect(settleExclusive(all, ['SEEING', 'HEARING'], ['SEEING', 'HEARING', 'NONE'])).toEqual(['NONE']);
    expect(settleExclusive(all, ['SEEING', 'HEARING'], ['HEARING'])).toEqual(['HEARING']);
  });

  test('of red flags set the lowest risk', () => {
    const lists = { levels: codes.all('risk_level'), flags: codes.all('red_flag') };
    expect(riskFloor([], lists)).toBe('');
    expect(riskFloor(['ESCALATING', 'WEAPON'], lists)).toBe('EMERGENCY');
    expect(countingRisk('LOW', ['ESCALATING'], lists)).toBe('HIGH');
    expect(countingRisk('EMERGENCY', ['ESCALATING'], lists)).toBe('EMERGENCY');
    expect(levelsBelow('HIGH', lists.levels)).toEqual(['MEDIUM', 'LOW']);
    expect(levelsBelow('', lists.levels)).toEqual([]);
  });

  test('of age agree with the server, however well the birth date is known', () => {
    for (const bornOn of ['2019-11-22', '2019-11-23', '2010', '2010-11', '2008-11-22', '1966', '1901-01-01'])
      expect(bandOfBirth(bornOn, '2026-11-22', codes.all('age_band')), bornOn).toBe(
        ageBandOf({ bornOn, ageBand: 'UNKNOWN' }, '2026-11-22'),
      );
  });
});
