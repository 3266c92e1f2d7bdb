import type { Work } from '../db/work.ts';
import type { Answer, Call } from '../http/endpoint.ts';
import { vietnamDay } from '../kernel/clock.ts';
import { durationMs } from '../kernel/duration.ts';
import { CASE_COMPARTMENTS } from '../keys/index.ts';
import { ageBandOf, isChildBand } from './age.rules.ts';
import type { CaseView, OpenedCase, ReviewedCaseView } from './cases.contract.ts';
import type { CasesDeps } from './cases.routes.ts';
import { accessesOf, referralCounts, teamOf, type AccessRow, type TeamRow } from './cases.store.ts';
import { clinicalWindows } from './clinical-windows.rules.ts';
import { caseContexts } from './contexts.rules.ts';
import { loadCase, type LoadedCase } from './load-content.ts';
import { dueOf, nextStepOf, type ReferralCounts } from './next-step.rules.ts';
import { isReview, REVIEWED_COMPARTMENTS, reviewedParts } from './review-case.rules.ts';
import { timelineOf } from './timeline.ts';

const TIMELINE_LENGTH = 50;

/**
 * Opens a case for its team, or for its agency's supervisor who states supervision: every compartment, and what has
 * happened so far. For a review of the work only the facts are opened, and the event names no other compartment.
 */
export async function openCase(
  deps: CasesDeps,
  call: Call<{ caseId: string }, unknown, unknown>,
): Promise<Answer<OpenedCase>> {
  const { work, params, facts } = call;
  const isReviewed = isReview(work.purpose);
  const answer = await (isReviewed ? reviewCase : viewCase)(deps, work, params.caseId);
  const compartments = isReviewed ? REVIEWED_COMPARTMENTS : CASE_COMPARTMENTS;
  work.record({ ownerAgencyId: facts.ownerAgencyId, caseIds: [params.caseId], compartments });
  return answer;
}

/** The view without its event: for use cases that answer with the case they changed. */
export async function viewCase(deps: CasesDeps, work: Work, caseId: string): Promise<Answer<CaseView>> {
  const [loaded, around] = await Promise.all([loadCase(deps, work, { caseId }), aroundCase(work, caseId)]);
  const view = { ...headOf(deps, work, { loaded, around }), ...wordsPart(deps, loaded, work.nowMs) };
  return { body: { ...view, isPseudonymous: false }, version: loaded.file.version };
}

async function reviewCase(deps: CasesDeps, work: Work, caseId: string): Promise<Answer<ReviewedCaseView>> {
  const wanted = { caseId, compartments: REVIEWED_COMPARTMENTS };
  const [loaded, around] = await Promise.all([loadCase(deps, work, wanted), aroundCase(work, caseId)]);
  const view = { ...headOf(deps, work, { loaded, around }), ...reviewedParts(loaded.content) };
  return { body: { ...view, isPseudonymous: true, mayRefer: false }, version: loaded.file.version };
}

type Around = { team: TeamRow[]; counts: ReferralCounts; deeds: AccessRow[] };

async function aroundCase(work: Work, caseId: string): Promise<Around> {
  const [team, counts, deeds] = await Promise.all([
    teamOf(work, caseId),
    referralCounts(work, caseId),
    accessesOf(work, caseId, { before: new Date(Date.now() + 60_000), limit: TIMELINE_LENGTH, isDeedsOnly: true }),
  ]);
  return { team, counts, deeds };
}

function headOf(deps: CasesDeps, work: Work, { loaded, around }: { loaded: LoadedCase; around: Around }) {
  return {
    ...clearPart(deps, loaded, around.counts),
    ...factsPart(deps, loaded, work.nowMs),
    team: around.team.map((member) => ({
      id: member.staffId,
      displayName: member.displayName,
      memberRole: member.memberRole,
    })),
    timeline: timelineOf(deps.directory, around.deeds, work.staff.agencyId),
    mayRefer: loaded.file.stage !== 'closed' && around.team.some((member) => member.staffId === work.staff.staffId),
  };
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
    isRestricted: file.restrictedAt !== null,
    ownerAgency: deps.directory.agencyName(file.ownerAgencyId),
  };
}

function factsPart({ directory }: CasesDeps, { content }: LoadedCase, nowMs: number) {
  const windows = (directory.snapshot().codeLists.find((list) => list.list === 'clinical_window')?.codes ?? []).flatMap(
    (code) => {
      const withinMs = durationMs(code.meta['within']);
      return withinMs === null ? [] : [{ code: code.code, withinMs }];
    },
  );
  return {
    kind: content.facts.kind,
    report: content.facts.report,
    risk: content.facts.risk,
    children: content.facts.children,
    isChild: isChildBand(ageBandOf(content.survivor, vietnamDay(nowMs))),
    clinicalWindows: content.incidents.flatMap((incident) => clinicalWindows(incident.value, windows, nowMs)),
  };
}

function wordsPart({ directory }: CasesDeps, { content }: LoadedCase, nowMs: number) {
  const day = vietnamDay(nowMs);
  const meta = (list: string, code: string, name: string): boolean =>
    directory.listed(list, code, day)?.meta[name] === true;
  return {
    basis: content.basis,
    survivor: content.survivor,
    perpetrators: content.perpetrators,
    incidents: content.incidents,
    contexts: caseContexts(content, {
      day,
      isIntimatePartner: (code) => meta('relationship', code, 'isIntimatePartner'),
      isExchange: (code) => meta('goods_exchanged', code, 'isExchange'),
      isAbduction: (code) => meta('abduction_type', code, 'isAbduction'),
    }),
  };
}
