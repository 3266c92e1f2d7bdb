import { describe, expect, test } from 'vitest';
import {
  clockRules,
  codeLists,
  demonstration,
  duration,
  hotlines,
  matrix,
  purposes,
  read,
  readData,
  services,
} from './data.schemas.ts';

/** Codes without a column in the disclosure matrix: nothing may be sent to them yet. */
const SECTORS_WITHOUT_COLUMN = ['COURT', 'BORDER', 'HOTLINE'];
const FIELDS = (
  'case_code name birth sex id_number safe_contact current_location shelter_address violence_type incident_time ' +
  'narrative health_needs perpetrator_identity perpetrator_access risk children language_access trafficking services_asked'
).split(' ');
const FORMS: Record<string, readonly string[]> = {
  name: ['full', 'alias'],
  birth: ['date', 'age_band'],
  health_needs: ['full', 'needs'],
  perpetrator_identity: ['full', 'safety'],
  risk: ['full', 'level'],
  children: ['full', 'own_child'],
  trafficking: ['full', 'status'],
  narrative: ['full', 'short'],
};

function repeated(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

function missing(values: Iterable<string>, known: readonly string[]): string[] {
  return [...values].filter((value) => !known.includes(value));
}

function isBackwards(item: { validFrom?: string | undefined; validTo?: string | null | undefined }): boolean {
  return Boolean(item.validFrom && item.validTo && item.validTo < item.validFrom);
}

function isHalf(one: string | undefined, other: string | undefined): boolean {
  return (one === undefined) !== (other === undefined);
}

const lists = readData(codeLists, 'code-lists.json');
const allServices = readData(services, 'services.json');
const rules = readData(clockRules, 'clock-rules.json');
const allPurposes = readData(purposes, 'purposes.json');
const lines = readData(hotlines, 'hotlines.json');
const demo = readData(demonstration, 'demonstration.json');
const disclosure = read(matrix, 'policies', 'disclosure-matrix.json');

function codesOf(list: string): string[] {
  return lists.find((item) => item.list === list)?.codes.map((item) => item.code) ?? [];
}

function metaOf(list: string, key: string): unknown[] {
  return lists.find((item) => item.list === list)?.codes.map((item) => item.meta?.[key]) ?? [];
}

describe('every file', () => {
  test('names no list, code, agency or person twice', () => {
    expect(repeated(lists.map((list) => list.list))).toEqual([]);
    for (const list of lists) expect(repeated(list.codes.map((item) => item.code)), list.list).toEqual([]);
    for (const items of [allServices, rules, allPurposes, lines, demo.areas])
      expect(repeated(items.map((item) => item.code))).toEqual([]);
    expect(repeated([...demo.agencies, ...demo.staff].map((item) => item.id))).toEqual([]);
    expect(repeated(demo.staff.map((person) => person.username))).toEqual([]);
  });

  test('has validity that runs forward', () => {
    const dated = [
      ...lists,
      ...lists.flatMap((list) => list.codes),
      ...allServices,
      ...rules,
      ...allPurposes,
      ...lines,
      ...demo.areas,
      ...demo.agencies,
      disclosure,
    ];
    expect(dated.filter(isBackwards)).toEqual([]);
  });

  test('gives every hint and note in both languages', () => {
    const hinted = [...lists.flatMap((list) => list.codes), ...allServices].filter((item) =>
      isHalf(item.hintVi, item.hintEn),
    );
    const noted = demo.areas.filter((item) => isHalf(item.noteVi, item.noteEn));
    const explained = disclosure.fields.filter((item) => isHalf(item.whyVi, item.whyEn));
    expect([...hinted, ...noted, ...explained]).toEqual([]);
  });
});

describe('code lists', () => {
  test('write codes in upper case, stages, states and roles in lower case', () => {
    const lower = lists
      .filter((list) => list.codes.some((item) => item.code !== item.code.toUpperCase()))
      .map((list) => list.list);
    expect(lower.toSorted()).toEqual(['case_stage', 'referral_state', 'role']);
  });

  test('agree with each other', () => {
    expect(missing(metaOf('law_act', 'form').map(String), codesOf('violence_form'))).toEqual([]);
    expect(missing(metaOf('red_flag', 'floor').map(String), codesOf('risk_level'))).toEqual([]);
    expect(
      missing(
        metaOf('clinical_window', 'service').map(String),
        allServices.map((item) => item.code),
      ),
    ).toEqual([]);
    expect(
      missing(
        metaOf('occupation_group', 'conflictCheck').flatMap((value) => (Array.isArray(value) ? value.map(String) : [])),
        codesOf('sector'),
      ),
    ).toEqual([]);
  });

  test('give times that can be reckoned with', () => {
    const times = [
      ...metaOf('risk_level', 'contactWithin'),
      ...metaOf('urgency', 'within'),
      ...metaOf('clinical_window', 'within'),
    ];
    for (const time of times) expect(duration.safeParse(time).success, String(time)).toBe(true);
  });

  test('keep unread points of the law marked', () => {
    const unread = lists
      .find((list) => list.list === 'law_act')
      ?.codes.filter((item) => item.verified === false)
      .map((item) => item.meta?.['point']);
    expect(unread).toEqual(['l', 'm', 'n', 'o', 'p', 'q']);
  });
});

describe('services, clocks and purposes', () => {
  test('a service belongs to a sector that is listed and has a column, or to one that none may be sent to', () => {
    const sectors = allServices.map((service) => service.sector);
    expect(missing(sectors, codesOf('sector'))).toEqual([]);
    expect(missing(sectors, [...Object.keys(disclosure.sectors), ...SECTORS_WITHOUT_COLUMN])).toEqual([]);
    expect(Object.keys(disclosure.sectors).filter((sector) => SECTORS_WITHOUT_COLUMN.includes(sector))).toEqual([]);
  });

  test('the clocks answer the urgencies, and only a rule with a length has a limit', () => {
    const within = lists
      .find((list) => list.list === 'urgency')
      ?.codes.map((item) => [item.code, item.meta?.['within']]);
    expect(rules.filter((rule) => rule.code.startsWith('U')).map((rule) => [rule.code, rule.limit])).toEqual(within);
    expect(rules.filter((rule) => (rule.limit === null) !== ['at_once', 'none'].includes(rule.kind))).toEqual([]);
  });

  test('each role has exactly one default purpose, which it may use', () => {
    const roles = codesOf('role');
    const defaults = allPurposes.flatMap((purpose) => purpose.defaultFor);
    expect(defaults.toSorted()).toEqual(roles.toSorted());
    for (const purpose of allPurposes) {
      expect(missing(purpose.defaultFor, purpose.allowedFor), purpose.code).toEqual([]);
      expect(missing(purpose.allowedFor, roles), purpose.code).toEqual([]);
    }
  });
});

describe('disclosure matrix', () => {
  test('has the fields in their order and a cell for each in every sector', () => {
    expect(disclosure.fields.map((item) => item.field)).toEqual(FIELDS);
    for (const [sector, cells] of Object.entries(disclosure.sectors))
      expect(Object.keys(cells), sector).toEqual(FIELDS);
  });

  test('names the form of exactly those shared fields that have several', () => {
    const cells = Object.values(disclosure.sectors).flatMap((sector) => Object.entries(sector));
    const wrong = cells.filter(([field, { share, form }]) => {
      const isShaped = field in FORMS && share !== 'never';
      return isShaped ? !FORMS[field]?.includes(form ?? '') : form !== undefined;
    });
    expect(wrong).toEqual([]);
  });

  test('never sends the address of a shelter, and always the code of the case', () => {
    const cells = Object.values(disclosure.sectors);
    expect(cells.every((sector) => sector['shelter_address']?.share === 'never')).toBe(true);
    expect(cells.every((sector) => sector['case_code']?.share === 'default')).toBe(true);
  });
});

describe('demonstration', () => {
  test('agencies are of known kinds and places and offer services of their sectors or interpretation', () => {
    const areas = demo.areas.map((area) => area.code);
    const sectorOf = new Map(allServices.map((service) => [service.code, service.sector]));
    for (const agency of demo.agencies) {
      expect(missing([agency.kind], codesOf('agency_kind')), agency.nameVi).toEqual([]);
      expect(missing([agency.areaCode, ...agency.coversAreas], areas), agency.nameVi).toEqual([]);
      const foreign = agency.services.filter(
        (code) => !code.startsWith('INT.') && !agency.sectors.includes(sectorOf.get(code) ?? ''),
      );
      expect([foreign, missing(agency.services, [...sectorOf.keys()])], agency.nameVi).toEqual([[], []]);
    }
    expect(
      missing(
        demo.areas.flatMap((area) => area.parent ?? []),
        areas,
      ),
    ).toEqual([]);
  });

  test('who offers services has a desk, and staff to answer, to serve and to be told when time runs out', () => {
    for (const agency of demo.agencies.filter((item) => item.services.length > 0)) {
      const roles = demo.staff.filter((person) => person.agencyId === agency.id).flatMap((person) => person.roles);
      expect(
        [agency.dutyDesk !== null, missing(['duty_officer', 'case_worker', 'supervisor'], roles)],
        agency.nameVi,
      ).toEqual([true, []]);
    }
  });

  test('staff belong to an agency and hold known roles', () => {
    expect(
      missing(
        demo.staff.map((person) => person.agencyId),
        demo.agencies.map((agency) => agency.id),
      ),
    ).toEqual([]);
    expect(
      missing(
        demo.staff.flatMap((person) => person.roles),
        codesOf('role'),
      ),
    ).toEqual([]);
  });
});
