import { ageBandOf, isMinorBand } from './age.rules.ts';
import type { CaseContent } from './case-documents.rules.ts';
import type { Incident } from './cases.contract.ts';

type ViolenceIncident = Extract<Incident, { kind: 'violence' }>;

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
  const found = content.incidents.flatMap(({ value }) =>
    value.kind === 'violence' ? contextsOf(value, { isMinor, isByPartner, facts }) : [],
  );
  return [...new Set(found)];
}

type Setting = { isMinor: boolean; isByPartner: boolean; facts: ContextFacts };

function contextsOf(incident: ViolenceIncident, { isMinor, isByPartner, facts }: Setting): string[] {
  const isSexual = incident.gbvType === 'RAPE' || incident.gbvType === 'SEXUAL_ASSAULT';
  const isPractice = ![undefined, 'NONE', 'UNKNOWN'].includes(incident.harmfulPractice);
  const isExchange = facts.isExchange(incident.goodsExchanged ?? 'NONE');
  const isAbduction = facts.isAbduction(incident.abduction ?? 'NONE');
  return contextsWhere({ isSexual, isPractice, isExchange, isAbduction, isMinor, isByPartner, type: incident.gbvType });
}

type Answers = Record<'isSexual' | 'isPractice' | 'isExchange' | 'isAbduction' | 'isMinor' | 'isByPartner', boolean> & {
  type: string;
};

function contextsWhere(is: Answers): string[] {
  const answers: [string, boolean][] = [
    ['INTIMATE_PARTNER_VIOLENCE', is.isByPartner && is.type !== 'NON_GBV'],
    ['CHILD_SEXUAL_ABUSE', is.isSexual && is.isMinor],
    ['EARLY_MARRIAGE', is.type === 'FORCED_MARRIAGE' && is.isMinor],
    ['POSSIBLE_SEXUAL_EXPLOITATION', is.isSexual && is.isExchange],
    ['POSSIBLE_SEXUAL_SLAVERY', is.isSexual && is.isAbduction],
    ['HARMFUL_PRACTICE', is.isPractice],
  ];
  return answers.filter(([, isSo]) => isSo).map(([code]) => code);
}
