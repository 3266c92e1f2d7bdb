import { expect, it } from 'vitest';
import { changeCaseBody, type CaseView, type Perpetrator, type Survivor } from '../../server/cases/cases.contract.ts';
import { people } from '../../client/features/case/people-values.ts';
import { rebaseSection, valuesOfSection } from '../../client/features/case/section-values.ts';
import { emptyPerpetrator } from '../../client/features/register/values.ts';
import { today } from './registration-values.ts';

const survivor: Survivor = {
  fullName: 'Nguyễn Thị Minh Hoạ',
  bornOn: '1994-03',
  ageBand: 'B25_59',
  sex: 'FEMALE',
  ethnicityGroup: 'KINH',
  nationality: 'VN',
  disabilities: ['NONE'],
  languages: ['VIE'],
  accessNeeds: [],
  contact: { phone: '0905000123', methods: ['CALL'], mayLeaveMessage: false, areaCode: '20263', codeWord: 'hoa sen' },
};
const perpetrator: Perpetrator = {
  id: '0197c1c8-0280-7a00-8a00-000000000001',
  relationship: 'INTIMATE_PARTNER_CURRENT',
  sex: 'MALE',
  ageGroup: 'A26_40',
  livesWithSurvivor: 'YES',
  birthYear: 1990,
};
const view = {
  kind: 'violence',
  version: 3,
  basis: { code: 'CONSENT', isReportUseAgreed: false },
  survivor,
  perpetrators: [perpetrator],
  children: [{ ageYears: 7, sex: 'FEMALE', relation: 'CHILD', livesWithSurvivor: 'YES', isAtRisk: 'UNKNOWN' }],
} as unknown as CaseView;
const { person, others } = people;
const values = valuesOfSection(person, view, today);

it.each(['person', 'others'] as const)('what nobody touched is not sent (%s)', (part) => {
  expect(people[part].changeOf(values, { view, today })).toEqual({});
});

it('a new number goes out with everything else of her as it stands, also what no field shows', () => {
  const body = person.changeOf({ ...values, phone: '0905 000 999' }, { view, today });
  expect(body).toEqual({ survivor: { ...survivor, contact: { ...survivor.contact, phone: '0905 000 999' } } });
  expect(changeCaseBody.safeParse(body).success).toBe(true);
});

it('a number that was taken out is no longer sent', () => {
  const body = person.changeOf({ ...values, phone: '', codeWord: ' ' }, { view, today });
  const { phone: _phone, codeWord: _word, ...contact } = survivor.contact;
  expect(body).toEqual({ survivor: { ...survivor, contact } });
});

it('one who is on record keeps the id, one who is added gets none', () => {
  const perpetrators = [...values.perpetrators, { ...emptyPerpetrator, relationship: 'NO_RELATION' }];
  const body = others.changeOf({ ...values, perpetrators }, { view, today });
  expect(body.perpetrators?.map(({ id }) => id)).toEqual([perpetrator.id, undefined]);
  expect(body).not.toHaveProperty('children');
});

it('over a newer version, what was typed stays and what was left alone takes what somebody else saved', () => {
  const newer = {
    ...view,
    version: 4,
    survivor: { ...survivor, alias: 'chị Hoa', contact: { ...survivor.contact, phone: '0905000777' } },
  };
  const typed = { ...values, phone: '0905000999' };
  const rebased = rebaseSection(person, typed, { view: newer, today });
  expect(rebased).toMatchObject({ phone: '0905000999', alias: 'chị Hoa', version: 4 });
  expect(person.changeOf(rebased, { view: newer, today }).survivor).toMatchObject({
    alias: 'chị Hoa',
    contact: { phone: '0905000999' },
  });
});
