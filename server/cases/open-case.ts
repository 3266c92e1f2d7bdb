import type { Work } from '../db/work.ts';
import type { Answer, Call } from '../http/endpoint.ts';
import { vietnamDay } from '../kernel/clock.ts';
import { durationMs } from '../kernel/duration.ts';
import { CASE_COMPARTMENTS } from '../keys/index.ts';
import { ageBandOf, isChildBand } from './age.rules.ts';
import type { CaseView } from './cases.contract.ts';
import type { CasesDeps } from './cases.routes.ts';
import { accessesOf, referralCounts, teamOf } from './cases.store.ts';
import { clinicalWindows } from './clinical-windows.rules.ts';
import { caseContexts } from './contexts.rules.ts';
import { loadCase, type LoadedCase } from './load-content.ts';
import { dueOf, nextStepOf, type ReferralCounts } from './next-step.rules.ts';
import { timelineOf } from './timeline.ts';

const TIMELINE_LENGTH = 50;

/** Opens a case for its team: every compartment the team works with, and what has happened so far. */
export async function openCase(
  deps: CasesDeps,
  call: Call<{ caseId: string }, unknown, unknown>,
): Promise<Answer<CaseView>> {
  const { work, params, facts } = call;
  const answer = await viewCase(deps, work, params.caseId);
  work.record({ ownerAgencyId: facts.ownerAgencyId, caseIds: [params.caseId], compartments: CASE_COMPARTMENTS });
  return answer;
}

/** The view without its event: for use cases that answer with the case they changed. */
export async function viewCase(deps: CasesDeps, work: Work, caseId: string): Promise<Answer<CaseView>> {
  const [loaded, team, counts, deeds] = await Promise.all([
    loadCase(deps, work, { caseId }),
    teamOf(work, caseId),
    referralCounts(work, caseId),
    accessesOf(work, caseId, { before: new Date(Date.now() + 60_000), limit: TIMELINE_LENGTH, isDeedsOnly: true }),
  ]);
  const view = {
    ...clearPart(deps, loaded, counts),
    ...wordsPart(deps, loaded, work.nowMs),
    team: team.map((member) => ({
      id: member.staffId,
      displayName: member.displayName,
      memberRole: member.memberRole,
    })),
    timeline: timelineOf(deps.directory, deeds, work.staff.agencyId),
    mayRefer: loaded.file.stage !== 'closed' && team.some((member) => member.staffId === work.staff.staffId),
  };
  return { body: view, version: loaded.file.version };
}

function clearPart(deps: CasesDeps, { file }: LoadedCase, counts: ReferralCounts) {
  const nextStep = nextStepOf(file.stage, counts);
  return {
    id: file.id,
    code: file.code,
    version: file.version,
    stage: file.stage,
    priority: file.priority,
    nextStep,
    dueAt: dueOf(nextStep, { dueAt: file.dueAt, answerDueAt: counts.answerDueAt }),
    openedAt: new Date(file.createdAt).toISOString(),
    ownerAgency: deps.directory.agencyName(file.ownerAgencyId),
  };
}

function wordsPart(deps: CasesDeps, { content }: LoadedCase, nowMs: number) {
  const { directory } = deps;
  const day = vietnamDay(nowMs);
  const meta = (list: string, code: string, name: string): boolean =>
    directory.listed(list, code, day)?.meta[name] === true;
  const windows = (directory.snapshot().codeLists.find((list) => list.list === 'clinical_window')?.codes ?? []).flatMap(
    (code) => {
      const withinMs = durationMs(code.meta['within']);
      return withinMs === null ? [] : [{ code: code.code, withinMs }];
    },
  );
  return {
    kind: content.facts.kind,
    basis: content.basis,
    report: content.facts.report,
    risk: content.facts.risk,
    children: content.facts.children,
    survivor: content.survivor,
    isChild: isChildBand(ageBandOf(content.survivor, day)),
    perpetrators: content.perpetrators,
    incidents: content.incidents,
    contexts: caseContexts(content, {
      day,
      isIntimatePartner: (code) => meta('relationship', code, 'isIntimatePartner'),
      isExchange: (code) => meta('goods_exchanged', code, 'isExchange'),
      isAbduction: (code) => meta('abduction_type', code, 'isAbduction'),
    }),
    clinicalWindows: content.incidents.flatMap((incident) => clinicalWindows(incident.value, windows, nowMs)),
  };
}
