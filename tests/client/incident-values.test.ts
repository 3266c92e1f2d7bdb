import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { changeCaseBody, incident, type CaseView, type Incident } from '../../server/cases/cases.contract.ts';
import { changedAnswers, incidentMapping } from '../../client/features/case/incident-values.ts';
import { rebaseSection, valuesOfSection } from '../../client/features/case/section-values.ts';
import { faultsOf } from '../../client/features/register/faults.ts';
import { fieldOfPath, whereShown } from '../../client/features/register/places.ts';
import type { FieldName } from '../../client/features/register/values.ts';
import { shippedCodes, today } from './registration-values.ts';

const id = '0197c1c8-0280-7a00-8a00-0000000000c1';
const mapping = incidentMapping(id);
const report = { receivedOn: '2026-11-20', channel: 'IN_PERSON', addressType: 'POLICE' };
const beaten: Incident = {
  kind: 'violence',
  gbvType: 'PHYSICAL_ASSAULT',
  lawActs: ['DV03A', 'DV03B'],
  occurred: { on: '2026-11-19', at: '21:30', timeOfDay: 'NIGHT' },
  place: { areaCode: '20263', placeType: 'HOME_SHARED' },
  narrative: 'Bị đánh sau khi cãi nhau.',
  health: { needs: ['INJURY'], isPregnant: 'NO', note: 'đau vai' },
};

const traffickedFor = {
  kind: 'trafficking',
  ...{ acts: ['RECRUIT'], means: ['DECEIT'], purposes: ['FORCED_LABOUR'], status: 'PRESUMED' },
  ...{ controlMethods: [], exploitationTypes: [], recruitmentApps: [] },
};

function viewOf(value: Incident, changes: Partial<CaseView> = {}): CaseView {
  return { kind: value.kind, version: 1, report, incidents: [{ id, value }], ...changes } as CaseView;
}
const values = (view: CaseView) => valuesOfSection(mapping, view, today);

const codes = shippedCodes();
const oneOf = (list: string) => fc.constantFrom(...codes.all(list).map(({ code }) => code));
const someOf = (list: string, minLength = 0) => fc.uniqueArray(oneOf(list), { minLength, maxLength: 5 });
/** As the contract stores what people type: composed and without blanks around it. */
const words = fc
  .string({ unit: fc.constantFrom(...'ăếộđ aN.'), maxLength: 40 })
  .map((text) => text.normalize('NFC').trim());
const on = fc
  .tuple(fc.date({ min: new Date('1900-01-01'), max: new Date(today), noInvalidDate: true }), fc.constantFrom(4, 7, 10))
  .map(([date, length]) => date.toISOString().slice(0, length));
const clock = fc.tuple(fc.nat(23), fc.nat(59)).map((parts) => parts.map((n) => String(n).padStart(2, '0')).join(':'));
const answer = fc.constantFrom('YES', 'NO', 'UNKNOWN');
const common = {
  occurred: fc.record({ on, at: clock, timeOfDay: oneOf('time_of_day') }, { requiredKeys: ['on', 'timeOfDay'] }),
  place: fc.record({ areaCode: fc.constantFrom('20263', '48'), placeType: oneOf('place_type') }),
  narrative: words,
  health: fc.record(
    { needs: someOf('health_need'), isPregnant: answer, note: words },
    { requiredKeys: ['needs', 'isPregnant'] },
  ),
};
const always = ['kind', 'occurred', 'place', 'health'] as const;
const violence = fc.record(
  {
    kind: fc.constant('violence'),
    gbvType: oneOf('gbv_type'),
    lawActs: someOf('law_act'),
    harmfulPractice: oneOf('harmful_practice'),
    goodsExchanged: oneOf('goods_exchanged'),
    abduction: oneOf('abduction_type'),
    ...common,
  },
  { requiredKeys: [...always, 'gbvType', 'lawActs'] },
);
const trafficking = fc.record(
  {
    kind: fc.constant('trafficking'),
    acts: someOf('trafficking_act', 1),
    means: someOf('trafficking_means'),
    purposes: someOf('trafficking_purpose', 1),
    status: oneOf('trafficking_status'),
    controlMethods: someOf('control_method'),
    exploitationTypes: someOf('exploitation_type'),
    recruitmentMethod: oneOf('recruitment_method'),
    recruitmentApps: someOf('recruitment_app'),
    destination: words,
    ...common,
  },
  {
    requiredKeys: [
      ...always,
      ...(['acts', 'means', 'purposes', 'status', 'controlMethods', 'exploitationTypes', 'recruitmentApps'] as const),
    ],
  },
);
const stored = fc.oneof(violence, trafficking).map((value) => incident.parse(value));

describe('an incident in the fields it was registered with', () => {
  test('loses nothing on its way into the fields and out again, whatever is stored', () => {
    fc.assert(
      fc.property(stored, fc.constantFrom('DETECTED', 'PETITION'), (value, channel) => {
        const view = viewOf(value);
        expect(mapping.changeOf(values(view), { view, today })).toEqual({});
        const body = mapping.changeOf({ ...values(view), channel }, { view, today });
        expect(body).toEqual({ report: { ...report, channel } });
      }),
    );
  });

  test('sends one changed answer with every other as it stands', () => {
    fc.assert(
      fc.property(stored, on, (value, day) => {
        const view = viewOf(value);
        const typed = values(viewOf({ ...value, occurred: { ...value.occurred, on: day } }));
        const sent = mapping.changeOf(typed, { view, today });
        fc.pre(day !== value.occurred.on);
        expect(sent.incident?.id).toBe(id);
        expect(given(sent.incident?.value)).toEqual(given({ ...value, occurred: { ...value.occurred, on: day } }));
        expect(changeCaseBody.safeParse(sent).success).toBe(true);
      }),
    );
  });

  test('keeps, over a newer version, each answer that was typed and takes the others from what was saved', () => {
    const names: FieldName[] = ['timeOfDay', 'areaCode', 'placeType', 'narrative', 'isPregnant', 'clockTime'];
    fc.assert(
      fc.property(stored, stored, fc.subarray(names), (was, saved, touched) => {
        const typed = { ...values(viewOf(was)), ...Object.fromEntries(touched.map((name) => [name, 'typed'])) };
        const newer = viewOf(saved, { version: 2 });
        const now = rebaseSection(mapping, typed, { view: newer, today });
        expect(now.version).toBe(2);
        for (const name of names) expect(now[name]).toEqual(touched.includes(name) ? 'typed' : values(newer)[name]);
        expect(now.kind).toBe(saved.kind);
      }),
    );
  });
});

it('a year that was typed does not vanish behind the full day that somebody else saved', () => {
  const view = viewOf({ ...beaten, occurred: { on: '2025-09', timeOfDay: 'UNKNOWN' } });
  const newer = viewOf({ ...beaten, occurred: { on: '2025-09-13', timeOfDay: 'UNKNOWN' } }, { version: 2 });
  const now = rebaseSection(mapping, { ...values(view), occurredYear: '2024' }, { view: newer, today });
  expect(mapping.changeOf(now, { view: newer, today }).incident?.value.occurred.on).toBe('2024-09');
});

it('answers that are emptied are left out, and the note that no field shows stays', () => {
  const view = viewOf(beaten);
  const typed = { ...values(view), narrative: ' ', clockTime: '', lawActs: [] };
  const { narrative: _narrative, ...rest } = beaten;
  expect(mapping.changeOf(typed, { view, today })).toEqual({
    incident: { id, value: { ...rest, lawActs: [], occurred: { on: '2026-11-19', timeOfDay: 'NIGHT' } } },
  });
});

it('an incident of the other kind asks for its own answers and sends none of the former kind', () => {
  const view = viewOf(beaten);
  const typed = { ...values(view), kind: 'trafficking' };
  const context = { today, ageBands: codes.all('age_band'), riskLevel: 'HIGH' };
  expect(Object.keys(faultsOf(2, typed, context)).toSorted()).toEqual(['acts', 'means', 'purposes']);
  const answered = { ...typed, acts: ['RECRUIT'], means: ['DECEIT'], purposes: ['FORCED_LABOUR'] };
  const { incident: sent } = mapping.changeOf(answered, { view, today });
  expect(incident.parse(sent?.value)).toMatchObject({ kind: 'trafficking', health: beaten.health });
  expect(sent?.value).not.toHaveProperty('gbvType');
});

it('what was saved is named by its questions', () => {
  const after = viewOf(
    { ...beaten, occurred: { ...beaten.occurred, on: '2026-11-18' }, narrative: 'Khác.' },
    { report: { ...report, channel: 'DETECTED' } },
  );
  expect(changedAnswers(viewOf(beaten), after, id)).toEqual(['occurredOn', 'narrative', 'channel']);
  const { gbvType: _type, lawActs: _acts, ...rest } = beaten;
  const trafficked = incident.parse({ ...rest, ...traffickedFor });
  const named = ['gbvType', 'lawActs', 'status', 'acts', 'means', 'purposes'];
  expect(changedAnswers(viewOf(beaten), viewOf(trafficked), id)).toEqual(named);
});

it('a refusal of the server stands beside the field that is in sight', () => {
  expect(fieldOfPath('incident.value.occurred.on')).toBe('occurredOn');
  expect(fieldOfPath('incident.value.health.needs.0')).toBe('healthNeeds');
  expect(fieldOfPath('incident.value.lawActs.1')).toBe('lawActs');
  expect(fieldOfPath('report.receivedOn')).toBe('receivedOn');
  expect(fieldOfPath('incident.id')).toBeUndefined();
  expect(whereShown({ occurredOn: 'Sai ngày' }, { whenKnown: 'part' })).toEqual({ occurredYear: 'Sai ngày' });
  expect(whereShown({ occurredOn: 'Sai ngày' }, { whenKnown: 'day' })).toEqual({ occurredOn: 'Sai ngày' });
});

/** What was answered: an empty text is none. */
function given(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_name, part: unknown) => (part === '' ? undefined : part)));
}
