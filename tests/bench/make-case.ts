import { registerCase } from '../../server/cases/register-case.ts';
import type { RegisterCaseBody } from '../../server/cases/cases.contract.ts';
import { consentDocument } from '../../server/consent/list-consents.ts';
import { insertConsent } from '../../server/consent/consent.store.ts';
import type { Note, Work } from '../../server/db/work.ts';
import type { Directory } from '../../server/directory/directory.ts';
import type { Call } from '../../server/http/endpoint.ts';
import { newId } from '../../server/kernel/ids.ts';
import {
  newStandingProof,
  searchIndexes,
  writeDocuments,
  type Keys,
  type OpenSubject,
} from '../../server/keys/index.ts';
import { servicesOfCase } from '../../server/referrals/index.ts';
import { DRAFT_REFERRAL_EXAMPLE } from '../../server/referrals/referrals.examples.ts';
import { recipientFor } from './cast.ts';
import { makeReferral } from './make-referral.ts';
import { dayFromToday, registrationOf, survivorOf, type Survivor } from './people.ts';
import type { Stage } from './stage.ts';

/** A generated case to measure with. */
export type Sample = {
  n: number;
  caseId: string;
  staffId: string;
  agencyId: string;
  survivor: Survivor;
  indexes: readonly { field: string; value: Buffer }[];
  consentId: string;
};

export type Making = { stage: Stage; directory: Directory; keys: Keys };

/** A case made by the real use case, kept together with its opened keys. */
export type MadeCase = { caseId: string; code: string; keys: OpenSubject; body: RegisterCaseBody; consentId: string };

const REFERRALS_PER_TEN = 3;

/** One case with a consent; three in ten with a referral. `answers` collects the deeds of the recipient's desk. */
export async function makeCase(
  making: Making,
  work: Work,
  { n, answers }: { n: number; answers: Note[] },
): Promise<Sample> {
  const body = registrationOf(n);
  const { keys, code } = await register(making, work, body);
  const { staffId, agencyId } = work.staff;
  const caseId = keys.id;
  const consentId = await consent(making, work, keys);
  if (n % 10 < REFERRALS_PER_TEN) {
    await makeReferral(making, work, { n, made: { caseId, code, keys, body, consentId }, answers });
  }
  const survivor = survivorOf(n);
  const indexes = searchIndexes(making.keys.indexKey, survivor);
  return { n, caseId, staffId, agencyId, survivor, indexes, consentId };
}

async function register(
  { keys, directory }: Making,
  work: Work,
  body: RegisterCaseBody,
): Promise<{ keys: OpenSubject; code: string }> {
  let opened: OpenSubject | undefined;
  const subjects: Keys['subjects'] = {
    ...keys.subjects,
    create: async (...given) => (opened = await keys.subjects.create(...given)),
  };
  const call = { work, body, params: {}, query: {} } as unknown as Call<unknown, unknown, RegisterCaseBody>;
  const answer = await registerCase({ keys: { ...keys, subjects }, directory, servicesOf: servicesOfCase(keys) }, call);
  if (opened === undefined) throw new Error('a case without keys');
  return { keys: opened, code: answer.body.code };
}

async function consent({ stage }: Making, work: Work, keys: OpenSubject): Promise<string> {
  const { staffId, agencyId } = work.staff;
  const recipientAgencyId = recipientFor(stage, agencyId).agencyId;
  const id = newId();
  const validUntil = dayFromToday(180);
  const standing = newStandingProof();
  await insertConsent(work, {
    id,
    caseId: keys.id,
    ownerAgencyId: agencyId,
    recipientAgencyId,
    state: 'valid',
    validUntil,
    recordedBy: staffId,
    recordedAt: work.now,
    withdrawnAt: null,
    version: 1,
    standingProof: standing.proof,
  });
  const { fields, purpose } = DRAFT_REFERRAL_EXAMPLE;
  const terms = { fields, purpose, consenter: 'SELF', evidence: 'SIGNATURE', language: 'VIE', textVersion: '2026-07' };
  const evidence = { recipientAgencyId, validUntil, explainedOn: dayFromToday(-1) };
  await writeDocuments(work, keys, [consentDocument(id, { ...terms, ...evidence }, standing.hash)]);
  work.record({
    action: 'consent.record',
    objectKind: 'consent',
    objectId: id,
    ownerAgencyId: agencyId,
    caseIds: [keys.id],
    fields: fields.toSorted(),
  });
  return id;
}
