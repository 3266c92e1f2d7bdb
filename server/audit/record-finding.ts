import type { Answer, Call } from '../http/endpoint.ts';
import { invalid } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import type { FindingView, RecordFindingBody } from './findings.contract.ts';
import { askAbout } from './follow-finding.ts';
import { insertFinding, insertFindingEvents } from './findings.store.ts';
import { sealText } from './sealed-words.ts';
import { viewFinding, type FindingDeps } from './view-finding.ts';

/**
 * Records a finding about deeds of one person. The note is sealed under the auditing agency's key; the event holds no word.
 * @throws AppError VALIDATION_FAILED where an event is not the person's, or not the auditor's to read, or the person is herself
 */
export async function recordFinding(
  deps: FindingDeps,
  { work, body }: Call<unknown, unknown, RecordFindingBody>,
): Promise<Answer<FindingView>> {
  const { agencyId, staffId } = work.staff;
  if (body.actorId === staffId) throw invalid({ path: 'actorId', code: 'INVALID' });
  const eventIds = [...new Set(body.eventIds)];
  const rule = ruleOf(deps, body.rule);
  const id = newId();
  const note = await sealText(deps.keys, { agencyId, table: 'finding', rowId: id, part: 'note' }, body.note);
  await insertFinding(work, { id, agencyId, actorId: body.actorId, rule, note });
  const pointed = await insertFindingEvents(work, id, eventIds);
  if (pointed !== eventIds.length) throw invalid({ path: 'eventIds', code: 'INVALID' });
  const about = { objectKind: 'finding', objectId: id, ownerAgencyId: agencyId };
  work.record({
    ...about,
    count: pointed,
    ...(rule === null || tellsOfNames(deps, rule) ? {} : { reasonCode: rule }),
  });
  if (body.question !== undefined) {
    await askAbout(deps, work, { findingId: id, question: body.question });
    work.record({ ...about, action: 'finding.ask' });
  }
  return { body: await viewFinding(deps, work, id), resourceId: id };
}

/** The log is never changed and leaves the house: no word in it that somebody in a case bears the name of a colleague. */
function tellsOfNames({ directory }: FindingDeps, code: string): boolean {
  return directory.auditRules().rules.some((rule) => rule.code === code && rule.condition === 'same_surname');
}

function ruleOf({ directory }: FindingDeps, code: string | undefined): string | null {
  if (code === undefined) return null;
  if (!directory.auditRules().rules.some((rule) => rule.code === code))
    throw invalid({ path: 'rule', code: 'CODE_UNKNOWN' });
  return code;
}
