import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CaseContent } from '../../server/cases/case-documents.rules.ts';
import { statisticsRecord } from '../../server/cases/statistics.contract.ts';
import { NO_SERVICES, periodOf, statisticsOf } from '../../server/cases/statistics.rules.ts';

type List = { list: string; codes: { code: string; meta?: Record<string, string> }[] };
const file = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../server/directory/data/${name}`, import.meta.url), 'utf8'));
const lists = file('code-lists.json') as List[];
const codesOf = (name: string): List['codes'] =>
  lists.filter(({ list }) => list === name).flatMap(({ codes }) => codes);
const calendar = codesOf('reporting_period').map(({ code, meta }) => ({
  code,
  from: meta?.['from'] ?? '',
  to: meta?.['to'] ?? '',
}));

it('the half years of the report run from 1 December and from 1 June', () => {
  expect(periodOf('2025-12-01', calendar)).toBe('2026-H1');
  expect(periodOf('2026-01-15', calendar)).toBe('2026-H1');
  expect(periodOf('2026-05-31', calendar)).toBe('2026-H1');
  expect(periodOf('2026-06-01', calendar)).toBe('2026-H2');
  expect(periodOf('2026-11-30', calendar)).toBe('2026-H2');
  expect(periodOf('2026-12-01', calendar)).toBe('2027-H1');
});

it('every day belongs to exactly one period, and without a calendar to none', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('2020-01-01'), max: new Date('2040-12-31'), noInvalidDate: true }), (date) => {
      const day = date.toISOString().slice(0, 10);
      expect(periodOf(day, calendar)).toMatch(/^\d{4}-H[12]$/);
      const fitting = calendar.filter((one) => periodOf(day, [one]) !== undefined);
      expect(fitting).toHaveLength(1);
      expect(periodOf(day, [])).toBeUndefined();
    }),
  );
});

it('the contract takes every code of the lists that are counted', () => {
  const { shape } = statisticsRecord;
  const many = { gbvTypes: 'gbv_type', lawActs: 'law_act', traffickingPurposes: 'trafficking_purpose' } as const;
  const more = { relationships: 'relationship', disabilities: 'disability' } as const;
  for (const [field, list] of Object.entries({ ...many, ...more })) {
    const codes = codesOf(list).map(({ code }) => code);
    expect(codes.length, list).toBeGreaterThan(2);
    expect(shape[field as keyof typeof many].safeParse(codes).success, list).toBe(true);
  }
  const one = { sex: 'sex', ageBand: 'age_band', ethnicityGroup: 'ethnicity_group' } as const;
  for (const [field, list] of Object.entries(one))
    for (const { code } of codesOf(list))
      expect(shape[field as keyof typeof one].safeParse(code).success, code).toBe(true);
  const services = file('services.json') as { code: string }[];
  const codes = services.map(({ code }) => code);
  expect(codes.length).toBeGreaterThan(30);
  expect(shape.servicesAsked.safeParse(codes).success).toBe(true);
});

it('a record holds no day, no name, no words and no id, and each code once', () => {
  const content = {
    facts: { kind: 'violence', report: { receivedOn: '2026-07-19', channel: 'IN_PERSON', addressType: 'POLICE' } },
    perpetrators: [
      { relationship: 'INTIMATE_PARTNER_CURRENT', fullName: 'Trần Văn X' },
      { relationship: 'INTIMATE_PARTNER_CURRENT' },
    ],
    survivor: {
      fullName: 'Nguyễn Thị Y',
      bornOn: '1994-05-12',
      ageBand: 'B25_59',
      sex: 'FEMALE',
      ethnicityGroup: 'KINH',
      disabilities: ['NONE'],
      contact: { phone: '0900000000', address: '12 đường' },
    },
    incidents: [
      {
        id: '0197c1c8-0280-7a00-8a00-000000000001',
        value: {
          kind: 'violence',
          gbvType: 'PHYSICAL_ASSAULT',
          lawActs: ['DV03B', 'DV03A', 'DV03A'],
          occurred: { on: '2026-07-18', at: '21:30', timeOfDay: 'NIGHT' },
          place: { areaCode: '20263', placeType: 'HOME_SHARED' },
          narrative: 'Bị đánh',
        },
      },
    ],
  } as unknown as CaseContent;
  expect(statisticsOf(content, { ...NO_SERVICES, asked: ['POL.STATEMENT', 'POL.STATEMENT'] })).toEqual({
    v: 1,
    month: '2026-07',
    kind: 'violence',
    gbvTypes: ['PHYSICAL_ASSAULT'],
    lawActs: ['DV03A', 'DV03B'],
    traffickingPurposes: [],
    relationships: ['INTIMATE_PARTNER_CURRENT'],
    sex: 'FEMALE',
    ageBand: 'B25_59',
    ethnicityGroup: 'KINH',
    disabilities: ['NONE'],
    wardCode: '20263',
    servicesAsked: ['POL.STATEMENT'],
    servicesReceived: [],
  });
});
