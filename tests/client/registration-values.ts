import { readFileSync } from 'node:fs';
import type { CodeList } from '../../server/directory/directory.contract.ts';
import { emptyValues } from '../../client/features/register/empty-values.ts';
import { emptyPerpetrator, type RegistrationValues } from '../../client/features/register/values.ts';
import { codesFrom, type Codes } from '../../client/features/directory/codes.ts';

export const today = '2026-11-22';

/** The shipped lists, with the members that the file leaves to the database's defaults. */
export function shippedCodes(language = 'vi'): Codes {
  const file = new URL('../../server/directory/data/code-lists.json', import.meta.url);
  const lists = JSON.parse(readFileSync(file, 'utf8')) as CodeList[];
  const whole = lists.map((list) => ({
    ...list,
    ended: [],
    codes: list.codes.map((code) => ({ ...code, meta: code.meta ?? {}, hintVi: code.hintVi ?? null })),
  }));
  return codesFrom({ lists: whole, language, unlisted: '(cũ)' });
}

/** A usual registration of violence as it stands in the fields; all synthetic. */
export function usualValues(changes: Partial<RegistrationValues> = {}): RegistrationValues {
  return {
    ...emptyValues({ today, agency: { sectors: ['SOCIAL'], areaCode: '20263' } }),
    grounds: 'SIGNATURE',
    redFlags: ['ESCALATING'],
    gbvType: 'PHYSICAL_ASSAULT',
    lawActs: ['DV03A'],
    whenKnown: 'yesterday',
    occurredOn: { day: '21', month: '11', year: '2026' },
    placeType: 'HOME_SHARED',
    ageBand: 'B25_59',
    sex: 'FEMALE',
    methods: ['CALL'],
    phone: '0905 000 123',
    perpetrators: [{ ...emptyPerpetrator, relationship: 'INTIMATE_PARTNER_CURRENT', sex: 'MALE' }],
    ...changes,
  };
}

/** A usual registration of trafficking. */
export function traffickingValues(changes: Partial<RegistrationValues> = {}): RegistrationValues {
  return usualValues({
    kind: 'trafficking',
    gbvType: '',
    acts: ['RECRUIT'],
    means: ['DECEIT'],
    purposes: ['FORCED_LABOUR'],
    whenKnown: 'part',
    occurredMonth: '9',
    occurredYear: '2026',
    ...changes,
  });
}
