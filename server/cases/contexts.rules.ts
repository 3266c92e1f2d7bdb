import { ageBandOf, isMinorBand } from './age.rules.ts';
import type { CaseContent } from './case-documents.rules.ts';

export type ContextFacts = {
  isIntimatePartner(relationship: string): boolean;
  isExchange(code: string): boolean;
  isAbduction(code: string): boolean;
  day: string;
};

/** Contexts of a case, computed and never asked (GBVIMS User Guide; domain §3.1). Codes of the list `case_context`. */
export function caseContexts(content: CaseContent, facts: ContextFacts): string[] {
  const isMinor = isMinorBand(ageBandOf(content.survivor, facts.day));
  const isByPartner = content.perpetrators.some((perpetrator) => facts.isIntimatePartner(perpetrator.relationship));
  const found = content.incidents.flatMap(({ value }) => {
    if (value.kind !== 'violence') return [];
    const isSexual = value.gbvType === 'RAPE' || value.gbvType === 'SEXUAL_ASSAULT';
    return [
      ...when(isByPartner && value.gbvType !== 'NON_GBV', 'INTIMATE_PARTNER_VIOLENCE'),
      ...when(isSexual && isMinor, 'CHILD_SEXUAL_ABUSE'),
      ...when(value.gbvType === 'FORCED_MARRIAGE' && isMinor, 'EARLY_MARRIAGE'),
      ...when(isSexual && facts.isExchange(value.goodsExchanged ?? 'NONE'), 'POSSIBLE_SEXUAL_EXPLOITATION'),
      ...when(isSexual && facts.isAbduction(value.abduction ?? 'NONE'), 'POSSIBLE_SEXUAL_SLAVERY'),
      ...when(!['NONE', 'UNKNOWN', undefined].includes(value.harmfulPractice), 'HARMFUL_PRACTICE'),
    ];
  });
  return [...new Set(found)];
}

function when(isSo: boolean, code: string): string[] {
  return isSo ? [code] : [];
}
