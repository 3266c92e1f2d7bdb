import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { fieldOfPath, pageOfField, placeErrors } from '../../client/features/register/places.ts';
import { bodyOf } from '../../client/features/register/body.ts';
import { draftOf, valuesFromDraft } from '../../client/features/register/draft-content.ts';
import { emptyValues } from '../../client/features/register/empty-values.ts';
import { draftBody } from '../../server/cases/cases.contract.ts';
import { today, traffickingValues, usualValues } from './registration-values.ts';

describe('a refusal of the server', () => {
  test('leads to the page and the field that it means', () => {
    expect(fieldOfPath('basis.evidence')).toBe('grounds');
    expect(fieldOfPath('basis.representative.relationship')).toBe('representativeRelation');
    expect(fieldOfPath('survivor.contact.phone')).toBe('phone');
    expect(fieldOfPath('survivor.disabilities.0')).toBe('disabilities');
    expect(fieldOfPath('incident.place.areaCode')).toBe('areaCode');
    expect(fieldOfPath('incident.health.needs.2')).toBe('healthNeeds');
    expect(fieldOfPath('perpetrators.1.phone')).toBe('perpetrators.1.phone');
    expect(fieldOfPath('draftId')).toBeUndefined();
    expect([1, 2, 3, 4]).toEqual(['grounds', 'areaCode', 'phone', 'perpetrators.1.phone'].map(pageOfField));
  });

  test('finds a field for every answer that can be sent', () => {
    const context = { draftId: 'd', today, riskLevel: 'HIGH' };
    const filled = { clockTime: '21:30', fullName: 'A', bornYear: '1990', narrative: 'B', reason: 'C' };
    for (const values of [usualValues(filled), traffickingValues({ ...filled, grounds: 'VITAL_INTEREST' })]) {
      const { draftId: _draft, ...body } = bodyOf(values, context);
      for (const path of leaves(body)) expect(fieldOfPath(path), path).toBeDefined();
    }
  });

  test('shows the first page with something to mend, and says once what belongs to no field', () => {
    const placed = placeErrors([
      { field: 'survivor.contact.phone', message: 'Số điện thoại không đúng.' },
      { field: 'report.receivedOn', message: 'Ngày không được ở tương lai.' },
      { field: 'draftId', message: 'Giá trị không hợp lệ.' },
    ]);
    expect(placed.page).toBe(2);
    expect(Object.keys(placed.messages)).toEqual(['phone', 'receivedOn']);
    expect(placed.general).toEqual(['Giá trị không hợp lệ.']);
  });
});

describe('a draft', () => {
  const empty = emptyValues({ today, agency: { sectors: ['WU'], areaCode: '20275' } });

  test('comes back as it was saved', () => {
    const some = traffickingValues({ reached: 4 });
    // Prefilled answers that were emptied by hand stay empty.
    for (const values of [some, { ...some, perpetrators: [], healthNeeds: [], disabilities: [], areaCode: '' }]) {
      const saved = JSON.parse(JSON.stringify(draftOf(values, empty))) as unknown;
      const { content } = draftBody.parse({ page: 4, content: saved });
      expect(valuesFromDraft(content, empty)).toEqual(values);
    }
    expect(draftOf(some, empty)).not.toHaveProperty('narrative');
  });

  test('means by “yesterday” the day it was saved on', () => {
    const { whenKnown, occurredOn } = valuesFromDraft(usualValues(), empty);
    expect(whenKnown).toBe('day');
    expect(occurredOn).toEqual({ day: '21', month: '11', year: '2026' });
  });

  test('of another form or another time does no harm', () => {
    const content = { sex: 7, redFlags: 'WEAPON', occurredOn: null, perpetrators: [{ sex: 'MALE' }, 'x'], other: 1 };
    const values = valuesFromDraft(content, empty);
    expect(values.sex).toBe('');
    expect(values.redFlags).toEqual([]);
    expect(values.occurredOn).toEqual(empty.occurredOn);
    expect(values.perpetrators).toEqual([{ ...empty.perpetrators[0], sex: 'MALE' }]);
    expect(values).not.toHaveProperty('other');
  });
});

/** Dotted paths of everything in a body, as the server would name it. */
function leaves(value: unknown, path = ''): string[] {
  const inner = z.record(z.string(), z.unknown()).safeParse(value);
  if (!inner.success && !Array.isArray(value)) return [path];
  return Object.entries(value as Record<string, unknown>).flatMap(([key, part]) =>
    leaves(part, path === '' ? key : `${path}.${key}`),
  );
}
