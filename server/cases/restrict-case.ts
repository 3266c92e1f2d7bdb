import type { Work } from '../db/work.ts';
import type { Answer, Call } from '../http/endpoint.ts';
import { AppError, invalid } from '../kernel/errors.ts';
import type { NewGrant } from '../keys/index.ts';
import type { CasesDeps } from './cases.routes.ts';
import { caseFile, teamOf, type CaseFileRow, type TeamRow } from './cases.store.ts';
import type { RestrictCaseBody, RestrictionView } from './restriction.contract.ts';
import { colleaguesAmong, setRestriction, sharedReferrals, type Colleague } from './restriction.store.ts';

type Named = RestrictionView['members'][number];

/**
 * Restricts a case to named persons: each gets a grant sealed to a key of her own, the agency's grant goes, and what is
 * written from now on has newer data keys. Said again by one of the team, the names are replaced. Whoever is not named,
 * the agency's supervisor included, has nothing of the case any more; only one of the team can change that.
 * @throws AppError VALIDATION_FAILED for people who cannot hold the case, or a team member who leaves herself out
 */
export async function restrictCase(
  deps: CasesDeps,
  call: Call<{ caseId: string }, unknown, RestrictCaseBody>,
): Promise<Answer<RestrictionView>> {
  const { work, body, params } = call;
  const { caseId } = params;
  const file = await openFile(work, caseId);
  const [team, colleagues] = await Promise.all([teamOf(work, caseId), colleaguesAmong(work, body.memberIds)]);
  requireFit(work, { body, team, colleagues });
  const members = namedOf(work, { team, colleagues });
  const isRenewed = file.restrictedAt === null || team.some(({ staffId }) => !body.memberIds.includes(staffId));
  const grants = members.map(({ id, memberRole }) => ({
    ...holdingOf(work, 'named_person'),
    staffId: id,
    members: [{ staffId: id, role: memberRole }],
  }));
  await share(deps, work, { caseId, grants, isRenewed });
  await setRestriction(work, caseId, true);
  record(call, { reasonCode: body.reasonCode, count: members.length });
  return { body: { caseId, isRestricted: true, members }, version: file.version + 1 };
}

/** Gives the case back to the agency, with the team as it is. @throws AppError STATE_CONFLICT where it is not restricted */
export async function liftRestriction(
  deps: CasesDeps,
  call: Call<{ caseId: string }, unknown, unknown>,
): Promise<Answer<RestrictionView>> {
  const { work, params } = call;
  const { caseId } = params;
  const file = await openFile(work, caseId);
  if (file.restrictedAt === null) throw new AppError('STATE_CONFLICT');
  const members = (await teamOf(work, caseId)).map(namedMember);
  const team = members.map(({ id, memberRole }) => ({ staffId: id, role: memberRole }));
  const grant = { ...holdingOf(work, 'registration'), members: team };
  await share(deps, work, { caseId, grants: [grant], isRenewed: false });
  await setRestriction(work, caseId, false);
  record(call, { count: members.length });
  return { body: { caseId, isRestricted: false, members }, version: file.version + 1 };
}

/** Who holds what the owning agency has of a case: the agency, or each named person. For grants on what hangs on it. */
export async function ownHolders(work: Work, file: CaseFileRow): Promise<Pick<NewGrant, 'agencyId' | 'staffId'>[]> {
  const agencyId = file.ownerAgencyId;
  if (file.restrictedAt === null) return [{ agencyId }];
  return (await teamOf(work, file.id)).map(({ staffId }) => ({ agencyId, staffId }));
}

async function openFile(work: Work, caseId: string): Promise<CaseFileRow> {
  const file = await caseFile(work, caseId);
  if (file === undefined) throw new AppError('NOT_FOUND');
  return file;
}

type Naming = { team: readonly TeamRow[]; colleagues: readonly Colleague[] };

/** Somebody must be able to work on it, and nobody of the team shuts herself out by mistake. */
function requireFit(work: Work, { body, team, colleagues }: Naming & { body: RestrictCaseBody }): void {
  const { staffId } = work.staff;
  const areKnown = colleagues.length === new Set(body.memberIds).size;
  const isLeaving = team.some((member) => member.staffId === staffId) && !body.memberIds.includes(staffId);
  if (!areKnown || isLeaving || !colleagues.some((each) => each.worksOnCases))
    throw invalid({ path: 'memberIds', code: 'INVALID' });
}

/** Whoever led leads on, of several the one who names the others; else whoever names them, else the first who works on cases. */
function namedOf(work: Work, { team, colleagues }: Naming): Named[] {
  const leads = team.filter((member) => member.memberRole === 'lead').map((member) => member.staffId);
  const isActing = ({ id }: Colleague): boolean => id === work.staff.staffId;
  const lead =
    colleagues.find((each) => isActing(each) && leads.includes(each.id)) ??
    colleagues.find(({ id }) => leads.includes(id)) ??
    colleagues.find(isActing) ??
    colleagues.find((each) => each.worksOnCases);
  return colleagues.map(({ id, displayName }) => ({
    id,
    displayName,
    memberRole: id === lead?.id ? 'lead' : 'member',
  }));
}

function namedMember({ staffId, displayName, memberRole }: TeamRow): Named {
  return { id: staffId, displayName, memberRole: memberRole === 'lead' ? 'lead' : 'member' };
}

function holdingOf(work: Work, basisKind: string) {
  return { agencyId: work.staff.agencyId, basisKind, basisId: null, endsAt: null };
}

type Sharing = { caseId: string; grants: readonly NewGrant[]; isRenewed: boolean };

/** The case, and the envelopes that went out from it: these have been sealed for good, so their keys stay as they are. */
async function share(deps: CasesDeps, work: Work, { caseId, grants, isRenewed }: Sharing): Promise<void> {
  const { subjects } = deps.keys;
  const envelopes = grants.map((grant) => ({ ...grant, members: [] }));
  for (const referralId of await sharedReferrals(work, caseId))
    await subjects.reshare(work, referralId, { grants: envelopes, isRenewed: false });
  await subjects.reshare(work, caseId, { grants, isRenewed });
}

type Said = { reasonCode?: string; count: number };

function record({ work, params, facts }: Call<{ caseId: string }, unknown, unknown>, said: Said): void {
  work.record({ ...said, ownerAgencyId: facts.ownerAgencyId, caseIds: [params.caseId] });
}
