import type { ExplanationView } from '../../../server/audit/findings.contract.ts';

export type Explanation = ExplanationView;
export type ExplanationList = { items: Explanation[] };

export const explanationsPath = '/api/explanations';

export function isWaiting({ answeredAt }: Pick<Explanation, 'answeredAt'>): boolean {
  return answeredAt === null;
}
