import { expect, it } from 'vitest';
import { dataKeyObject } from '../../server/keys/data-keys.ts';
import { DAY_MS } from '../../server/kernel/clock.ts';
import { purgeExpired } from '../../server/retention/purge-expired.store.ts';
import { AGENCY } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { canary } from '../support/canary.ts';
import { acceptReferral, COMPLETION, done, sendReferral } from '../support/seed.ts';
import { bundlesOpened, ciphertextsOpened, documentName, dumpOf, lootOf } from '../support/thief.ts';
import { tellStory } from '../support/told-story.ts';

const app = await startApp();
const story = await tellStory(app);
const { worker, desk, officer } = story.people;
const ended = await endedReferrals();
const dump = await dumpOf(app);
const grantable = (dump['sealed_document'] ?? []).filter((row) => row['compartment'] !== 'statistics');

/** Referrals that were granted to the police and are over: withdrawn, declined, recalled, and past their end. */
async function endedReferrals(): Promise<string[]> {
  const [withdrawn, declined, recalled] = [await accepted(), await sendReferral(app, worker), await accepted()];
  const completed = await accepted();
  done(await officer.post(`/api/referrals/${completed.referralId}/completion`, COMPLETION));
  for (const { consentId } of [withdrawn, completed])
    done(await worker.post(`/api/consents/${consentId}/withdrawal`, { reason: 'CHANGED_MIND' }));
  const note = canary('Từ chối ');
  done(await desk.post(`/api/referrals/${declined.referralId}/decline`, { reason: 'OTHER', note }));
  done(await worker.post(`/api/referrals/${recalled.referralId}/recall`, { reason: 'SAFETY' }));
  app.clock.advance(-10 * DAY_MS);
  const past = await sendReferral(app, worker, { endsOn: app.clock.day(3) });
  await acceptReferral(desk, past.referralId, officer);
  app.clock.advance(10 * DAY_MS);
  await purgeExpired(app.context.performer.appPorts);
  return [withdrawn, declined, recalled, completed, past].map((each) => each.referralId);
}

async function accepted() {
  const sent = await sendReferral(app, worker);
  await acceptReferral(desk, sent.referralId, officer);
  return sent;
}

/** Written from the story: its own cases, what it sent, and what it received and may still read. */
function subjectsOf(agencyId: string): { own: string[]; received: string[] } {
  const rows = dump['referral'] ?? [];
  const sent = rows.filter((row) => row['senderAgencyId'] === agencyId && row['sentAt'] !== null);
  const received = rows.filter(
    (row) => row['recipientAgencyId'] === agencyId && row['sentAt'] !== null && !ended.includes(String(row['id'])),
  );
  const cases = (dump['sealed_document'] ?? []).filter(
    (row) => row['subjectKind'] === 'case' && row['ownerAgencyId'] === agencyId,
  );
  return {
    own: [...new Set([...cases.map((row) => String(row['subjectId'])), ...sent.map((row) => String(row['id']))])],
    received: received.map((row) => String(row['id'])),
  };
}

it.each([
  ['police of the ward', AGENCY.policeSonTra, 3],
  ['social affairs of the ward', AGENCY.socialSonTra, 0],
  ['police of the next ward', AGENCY.policeAnHai, 1],
  ['social affairs of the next ward', AGENCY.socialAnHai, 0],
  ['Women’s Union', AGENCY.womenSonTra, 1],
  ['hospital, to which nobody referred', AGENCY.hospital, 0],
])(
  'with the keys of the %s and the whole dump, what was granted to it opens and nothing else',
  (_name, agencyId, received) => {
    const loot = lootOf(dump, agencyId);
    const subjects = subjectsOf(agencyId);
    expect(subjects.received).toHaveLength(received);
    const granted = (dump['access_grant'] ?? []).filter((row) => row['holderId'] === agencyId);
    const bundles = bundlesOpened(dump, loot);
    expect(bundles.map(({ grantId }) => grantId).toSorted()).toEqual(
      granted.map((row) => String(row['id'])).toSorted(),
    );
    expect(new Set(granted.map((row) => row['subjectId']))).toEqual(new Set([...subjects.own, ...subjects.received]));
    const keys = bundles.flatMap((bundle) => bundle.keys.map((entry) => dataKeyObject(entry.key)));
    const opened = ciphertextsOpened(dump, [...keys, loot.listKey]);
    expect([...new Set(opened)].toSorted()).toEqual(expected(agencyId).toSorted());
  },
);

/** Names of the ciphertexts that the oracle gives to an agency. */
function expected(agencyId: string): string[] {
  const subjects = subjectsOf(agencyId);
  const readable = new Set([...subjects.own, ...subjects.received]);
  // The statistics of a case are nobody's who works on it.
  const documents = grantable.filter((row) => readable.has(String(row['subjectId'])));
  const sent = (dump['referral'] ?? []).filter((row) => row['senderAgencyId'] === agencyId && row['sentAt'] !== null);
  // A desk that declined keeps the notice of what it declined until its end.
  const noticed = (dump['referral'] ?? []).filter(
    (row) =>
      row['recipientAgencyId'] === agencyId &&
      (subjects.received.includes(String(row['id'])) || row['state'] === 'declined'),
  );
  const drafts = (dump['registration_draft'] ?? []).filter((row) => row['agencyId'] === agencyId);
  return [
    ...documents.map(documentName),
    ...sent.map((row) => `notice sender ${String(row['id'])}`),
    ...noticed.map((row) => `notice recipient ${String(row['id'])}`),
    ...drafts.map((row) => `draft ${String(row['id'])}`),
  ];
}

it('the dump holds far more than any agency can open, and all agencies together open all of it', () => {
  const all = new Set(Object.values(AGENCY).flatMap(expected));
  const largest = Math.max(...Object.values(AGENCY).map((agencyId) => expected(agencyId).length));
  expect(grantable.length).toBeLessThan((dump['sealed_document'] ?? []).length);
  expect(grantable.every((row) => all.has(documentName(row)))).toBe(true);
  expect(largest).toBeLessThan(all.size);
  expect(expected(AGENCY.policeSonTra).length).toBeLessThan(all.size / 4);
  expect(expected(AGENCY.hospital)).toEqual([]);
});

it('what was withdrawn, recalled or is over has left no envelope key with the recipient', () => {
  const held = (dump['access_grant'] ?? []).filter(
    (row) => ended.includes(String(row['subjectId'])) && row['holderId'] === AGENCY.policeSonTra,
  );
  expect(held).toEqual([]);
});
