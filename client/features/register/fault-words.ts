import type { TFunction } from 'i18next';
import type { Faults } from './faults.ts';

/** Questions whose fault alone ("choose one") would not tell which one is meant. */
const named = [
  'grounds',
  'representativeRelation',
  'isRepresentativeAccused',
  'riskLevel',
  'gbvType',
  'acts',
  'means',
  'purposes',
  'whenKnown',
  'placeType',
  'areaCode',
  'ageBand',
  'sex',
] as const;

/** What is wrong, in words, by field. */
export function inWords(faults: Faults, t: TFunction<'register'>): Record<string, string> {
  const messages = Object.entries(faults).map(([field, fault]) => {
    const question = named.find((name) => name === field);
    if (fault === undefined) return [field, ''];
    if (question === undefined || !(fault === 'choose' || fault === 'chooseSome')) return [field, t(`faults.${fault}`)];
    return [field, t(`faults.${fault}Of`, { question: t(`labels.${question}`) })];
  });
  return Object.fromEntries(messages) as Record<string, string>;
}
