import type { CaseView, ChangeCaseBody } from '../../../server/cases/cases.contract.ts';

export type ChangeValues = { stage: string; riskLevel: string; redFlags: readonly string[] };

/** Stages that a team may move a case to; closing and reopening need an approval of their own. */
const movable: ReadonlySet<string> = new Set(['case_plan', 'service_provision', 'services_implemented']);

export function valuesOf({ stage, risk }: CaseView): ChangeValues {
  return { stage, riskLevel: risk.level, redFlags: risk.redFlags };
}

export function mayMoveTo(stage: string, present: string): boolean {
  return stage === present || movable.has(stage);
}

/** Only what differs from the version looked at: an unchanged section is not sent. `riskLevel` is what counts. */
export function changeOf(values: ChangeValues, view: CaseView, riskLevel: string): ChangeCaseBody {
  const { stage, risk } = view;
  const isRiskChanged = riskLevel !== risk.level || !sameCodes(values.redFlags, risk.redFlags);
  return {
    ...(values.stage === stage ? {} : { stage: values.stage }),
    ...(isRiskChanged ? { risk: { level: riskLevel, redFlags: [...values.redFlags] } } : {}),
  };
}

export function isEmpty(body: ChangeCaseBody): boolean {
  return Object.keys(body).length === 0;
}

function sameCodes(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((code) => b.includes(code));
}
