import { describe, expect, test } from 'vitest';
import { bodyOf } from '../../client/features/register/body.ts';
import { draftOf, valuesFromDraft } from '../../client/features/register/draft-content.ts';
import { emptyValues } from '../../client/features/register/empty-values.ts';
import { fieldOfPath, pageOfField } from '../../client/features/register/places.ts';
import { chooseAmong, chosenAmong, chosenElsewhere, excludedIn } from '../../client/features/safeguards/exclusions.ts';
import { today, usualValues } from './registration-values.ts';

const person = (staffId: string) => ({ staffId, name: `Người ${staffId}` });
const own = [person('a'), person('b')];
const police = [person('p')];

describe('who must not know', () => {
  test('is chosen agency by agency, and a choice elsewhere stays', () => {
    const afterOwn = chooseAmong([person('p')], own, ['b']);
    expect(afterOwn.map(({ staffId }) => staffId)).toEqual(['p', 'b']);
    expect(chosenAmong(afterOwn, own)).toEqual(['b']);
    expect(chosenElsewhere(afterOwn, own)).toEqual(police);
    expect(chooseAmong(afterOwn, police, [])).toEqual([person('b')]);
  });

  test('is whom the survivor named, not whom the comparison found', () => {
    const bar = { displayName: 'Người Thử', agencyId: 'x', since: '2026-11-22T00:00:00Z' };
    const bars = [
      { ...bar, staffId: 'named', origin: 'exclusion' as const },
      { ...bar, staffId: 'found', origin: 'match' as const },
    ];
    expect(excludedIn(bars)).toEqual([{ staffId: 'named', name: 'Người Thử' }]);
  });

  test('goes with the registration as ids, and not at all when nobody is named', () => {
    const context = { draftId: '0197c1c8-0280-7d00-8d00-000000000001', today, riskLevel: 'HIGH' };
    expect(bodyOf(usualValues({ exclusions: own }), context).exclusions).toEqual(['a', 'b']);
    expect('exclusions' in bodyOf(usualValues(), context)).toBe(false);
  });

  test('comes back from a draft, an older one included', () => {
    const empty = emptyValues({ today, agency: { sectors: ['SOCIAL'], areaCode: '20263' } });
    const draft = draftOf(usualValues({ exclusions: police }), empty);
    expect(valuesFromDraft(JSON.parse(JSON.stringify(draft)) as Record<string, unknown>, empty).exclusions).toEqual(
      police,
    );
    expect(valuesFromDraft({}, empty).exclusions).toEqual([]);
  });

  test('is mended on the first page when the server refuses somebody', () => {
    expect(fieldOfPath('exclusions.0')).toBe('exclusions');
    expect(pageOfField('exclusions')).toBe(1);
  });
});
