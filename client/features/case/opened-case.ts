import type { CaseView, OpenedCase, ReviewedCaseView } from '../../../server/cases/cases.contract.ts';

/** What a case shows to its team and to a supervisor who reviews the work alike. */
export type CaseHead = Omit<ReviewedCaseView, 'isPseudonymous' | 'survivor' | 'incidents'>;

/** The whole case; undefined for a view that withholds whose case it is. */
export function wholeOf(view: OpenedCase): CaseView | undefined {
  return view.isPseudonymous ? undefined : view;
}
