import type { CaseView, ChangeCaseBody } from '../../../server/cases/cases.contract.ts';

/** `reportUse`: `YES` or `NO`. */
type Sections = { stage: string; riskLevel: string; redFlags: readonly string[]; reportUse: string };

/** What is chosen, and the version of the case it was chosen on. */
export type ChangeValues = Sections & { version: number; base: Sections };

/** Stages that a team may move a case to; closing and reopening need an approval of their own. */
const movable: ReadonlySet<string> = new Set(['case_plan', 'service_provision', 'services_implemented']);

export function valuesOf(view: CaseView): ChangeValues {
  const base = sectionsOf(view);
  return { ...base, version: view.version, base };
}

/**
 * The choices carried over to a newer version: what the person changed stays as she chose it; what she left alone
 * takes what somebody else has saved, or her saving would undo it.
 */
export function rebase(values: ChangeValues, view: CaseView): ChangeValues {
  const { base } = values;
  const now = sectionsOf(view);
  const isStageTouched = values.stage !== base.stage;
  const isRiskTouched = values.riskLevel !== base.riskLevel || !sameCodes(values.redFlags, base.redFlags);
  return {
    stage: isStageTouched ? values.stage : now.stage,
    riskLevel: isRiskTouched ? values.riskLevel : now.riskLevel,
    redFlags: isRiskTouched ? values.redFlags : now.redFlags,
    reportUse: values.reportUse === base.reportUse ? now.reportUse : values.reportUse,
    version: view.version,
    base: now,
  };
}

function sectionsOf({ stage, risk, basis }: CaseView): Sections {
  const reportUse = basis.isReportUseAgreed ? 'YES' : 'NO';
  return { stage, riskLevel: risk.level, redFlags: risk.redFlags, reportUse };
}

export function mayMoveTo(stage: string, present: string): boolean {
  return stage === present || movable.has(stage);
}

/** Only what differs from the version looked at: an unchanged section is not sent. `riskLevel` is what counts. */
export function changeOf(values: Sections, view: CaseView, riskLevel: string): ChangeCaseBody {
  const { stage, risk, basis } = view;
  const isReportUseAgreed = values.reportUse === 'YES';
  const isRiskChanged = riskLevel !== risk.level || !sameCodes(values.redFlags, risk.redFlags);
  return {
    ...(values.stage === stage ? {} : { stage: values.stage }),
    ...(isRiskChanged ? { risk: { level: riskLevel, redFlags: [...values.redFlags] } } : {}),
    ...(isReportUseAgreed === basis.isReportUseAgreed ? {} : { isReportUseAgreed }),
  };
}

export function isEmpty(body: ChangeCaseBody): boolean {
  return Object.keys(body).length === 0;
}

function sameCodes(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((code) => b.includes(code));
}
