import type { Work } from '../db/work.ts';
import type { Answer, Call } from '../http/endpoint.ts';
import { invalid } from '../kernel/errors.ts';
import { foldVietnamese, normaliseIdentityNumber, normalisePhone } from '../kernel/folding.ts';
import { currentDocuments, openDocuments, searchIndexes, type IdentifyingFields } from '../keys/index.ts';
import { caseContent } from './case-documents.rules.ts';
import { typedCaseCode } from '../kernel/case-code.ts';
import type { CaseLine, SearchCasesBody } from './cases.contract.ts';
import type { CasesDeps } from './cases.routes.ts';
import { caseLinesById, findCases } from './cases.store.ts';
import { caseLineOf } from './list-cases.ts';
import { identifyingFields } from './party-indexes.ts';

type Found = Answer<{ items: CaseLine[]; count: number }>;

/**
 * Exact look-up among the cases that exist for this person: by code, or by identity number, telephone, or name with
 * birth year through blind indexes. Candidates of the truncated indexes are opened and compared; false ones are never shown.
 */
export async function searchCases(deps: CasesDeps, call: Call<unknown, unknown, SearchCasesBody>): Promise<Found> {
  const { work, body } = call;
  const ids = body.code ? await byCode(work, body.code) : await byPerson(deps, work, body);
  const rows = await caseLinesById(work, ids);
  work.record({
    ownerAgencyId: work.staff.agencyId,
    caseIds: rows.map((row) => row.id),
    count: rows.length,
    fields: Object.keys(body).toSorted(),
  });
  return { body: { items: rows.map((row) => caseLineOf(row, work.staff.staffId)), count: rows.length } };
}

async function byCode(work: Work, typed: string): Promise<string[]> {
  const code = typedCaseCode(typed);
  if (code === null) throw invalid({ path: 'code', code: 'INVALID' });
  return findCases(work, { code, indexes: [] });
}

async function byPerson(deps: CasesDeps, work: Work, who: IdentifyingFields): Promise<string[]> {
  const indexes = searchIndexes(deps.keys.indexKey, who);
  if (indexes.length === 0) throw invalid({ path: 'phone', code: 'INVALID' });
  const checked: string[] = [];
  for (const caseId of await findCases(work, { code: null, indexes })) {
    if (await isSamePerson(deps, work, { caseId, who })) checked.push(caseId);
  }
  return checked;
}

/** Compares the normalised values themselves, so that truncation cannot fool it: any criterion that was asked for and matches. */
async function isSamePerson(
  deps: CasesDeps,
  work: Work,
  { caseId, who }: { caseId: string; who: IdentifyingFields },
): Promise<boolean> {
  const [keys, rows] = await Promise.all([
    deps.keys.subjects.open(work, caseId),
    currentDocuments(work, caseId, ['identity', 'contact']),
  ]);
  const ours = fullValues(identifyingFields(caseContent(openDocuments(keys, rows)).survivor));
  return fullValues(who).some((value) => ours.includes(value));
}

function fullValues(who: IdentifyingFields): string[] {
  const phone = who.phone === undefined ? null : normalisePhone(who.phone);
  const identityNumber = who.identityNumber === undefined ? null : normaliseIdentityNumber(who.identityNumber);
  const name =
    who.fullName === undefined || who.birthYear === undefined
      ? null
      : `${foldVietnamese(who.fullName).split(' ').toSorted().join(' ')} ${who.birthYear}`;
  return [phone && `phone ${phone}`, identityNumber && `id ${identityNumber}`, name && `name ${name}`].filter(
    (value) => typeof value === 'string',
  );
}
