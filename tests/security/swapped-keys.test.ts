import { afterAll, expect, it } from 'vitest';
import { vouchedStatement, type PrincipalKeys } from '../../server/keys/custodian.ts';
import { generateKeyPair, privateKeyFromRaw } from '../../server/keys/hpke.ts';
import { keyringCustodian } from '../../server/keys/keyring-custodian.ts';
import { generateRingSecrets } from '../../server/keys/ring-secrets.ts';
import { AGENCY, signIn, type Person } from '../support/actors.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { aViolenceCase } from '../support/bodies.ts';
import { canary } from '../support/canary.ts';
import type { Reply } from '../support/http.ts';
import { eventsOf, rowCounts } from '../support/log-book.ts';
import {
  aConsent,
  aReferral,
  COMPLETION,
  draftReferral,
  recordConsent,
  registerCase,
  sendReferral,
} from '../support/seed.ts';
import { aTamperer, literal } from '../support/tampering.ts';
import { bundlesOpened, dumpOf } from '../support/thief.ts';
import { tellStory } from '../support/told-story.ts';

const app = await startApp();
const story = await tellStory(app);
const tamperer = await aTamperer(app, ['principal_key']);
afterAll(() => tamperer.close());

const pair = generateKeyPair();
const thief = {
  agencyId: '',
  privateKey: privateKeyFromRaw(pair.privateKey),
  publicKey: pair.publicKey,
  listKey: privateKeyFromRaw(pair.privateKey),
};
const foreign = keyringCustodian(generateRingSecrets(), () => 0);

/** Ways in which a thief with every right in the database could put a key of their own in an agency's place. */
const SWAPS: Record<string, (agencyId: string) => Promise<string>> = {
  'the public key alone': async (id) => set(id, { public_key: thief.publicKey }),
  'the public key of another agency': async (id) => copied(id, ['public_key']),
  'the whole row of another agency': async (id) =>
    copied(id, ['public_key', 'vouch', 'wrapped_private_key', 'wrapped_list_key']),
  'a row that another custodian made': async (id) => {
    const made = await foreign.createPrincipal({ principalId: id, kind: 'agency', version: 1 });
    return set(id, { ...columnsOf(made), public_key: made.publicKey });
  },
  'a newer version beside the old one': async (id) => {
    const made = await foreign.createPrincipal({ principalId: id, kind: 'agency', version: 2 });
    const values = [made.publicKey, made.vouch, made.wrappedPrivateKey, made.wrappedListKey].map(literal).join(', ');
    return `insert into hien.principal_key (principal_id, kind, version, public_key, vouch, wrapped_private_key, wrapped_list_key)
      values ('${id}', 'agency', 2, ${values})`;
  },
  'another kind': async (id) => `update hien.principal_key set kind = 'staff' where principal_id = '${id}'`,
  'another version': async (id) => `update hien.principal_key set version = 2 where principal_id = '${id}'`,
};

function columnsOf(made: PrincipalKeys): Record<string, Buffer> {
  return { vouch: made.vouch, wrapped_private_key: made.wrappedPrivateKey, wrapped_list_key: made.wrappedListKey };
}

function set(id: string, columns: Record<string, Buffer>): string {
  const changes = Object.entries(columns).map(([column, value]) => `${column} = ${literal(value)}`);
  return `update hien.principal_key set ${changes.join(', ')} where principal_id = '${id}'`;
}

function copied(id: string, columns: string[]): string {
  const changes = columns.map((column) => `${column} = other.${column}`).join(', ');
  return `update hien.principal_key k set ${changes} from hien.principal_key other
    where k.principal_id = '${id}' and other.principal_id = '${AGENCY.hospital}'`;
}

type Ready = { caseId: string; consentId: string; draftId: string; sentId: string; acceptedId: string };
type Deed = (who: Person, ready: Ready) => Promise<Reply<unknown>>;

/** Every deed that seals something, by who does it. */
const BY_SENDER: Record<string, Deed> = {
  register: (who) => who.post('/api/cases', aViolenceCase(app.clock)),
  change: (who, { caseId }) =>
    who.patch(`/api/cases/${caseId}`, { risk: { level: 'HIGH', redFlags: [] } }, { 'if-match': '"1"' }),
  'keep a draft': (who) => who.put(`/api/drafts/${crypto.randomUUID()}`, { page: 1, content: { name: canary() } }),
  'record a consent': (who, { caseId }) => who.post(`/api/cases/${caseId}/consents`, aConsent(app)),
  'draft a referral': (who, { caseId }) => who.post(`/api/cases/${caseId}/referrals`, aReferral(app)),
  dispatch: (who, { draftId, consentId }) => who.post(`/api/referrals/${draftId}/dispatch`, { consentId }),
  recall: (who, { sentId }) => who.post(`/api/referrals/${sentId}/recall`, { reason: 'SAFETY' }),
};
const BY_RECIPIENT: Record<string, Deed> = {
  accept: (who, { sentId }) =>
    who.post(`/api/referrals/${sentId}/acceptance`, { assigneeIds: [who.staffId], note: canary() }),
  decline: (who, { sentId }) => who.post(`/api/referrals/${sentId}/decline`, { reason: 'OTHER', note: canary() }),
  complete: (who, { acceptedId }) =>
    who.post(`/api/referrals/${acceptedId}/completion`, { ...COMPLETION, note: canary() }),
};

async function prepared(): Promise<Ready> {
  const { worker, desk } = story.people;
  const { id: caseId } = await registerCase(app, worker);
  const consent = await recordConsent(app, worker, { caseId });
  const draft = await draftReferral(app, worker, { caseId });
  const [sent, accepted] = [await sendReferral(app, worker), await sendReferral(app, worker)];
  await desk.post(`/api/referrals/${accepted.referralId}/acceptance`, { assigneeIds: [desk.staffId] });
  return { caseId, consentId: consent.id, draftId: draft.id, sentId: sent.referralId, acceptedId: accepted.referralId };
}

// What is refused changes nothing, so one of everything serves all.
const ready = await prepared();

/** Each deed fails with the same problem, changes nothing, and leaves a refusal in the log. */
async function expectRefused(fresh: TestApp, who: Person, deeds: Deed[]): Promise<void> {
  const before = await rowCounts(app);
  for (const deed of deeds) {
    let reply: Reply<unknown> | undefined;
    const events = await eventsOf(app, async () => void (reply = await deed(who, ready)));
    expect(reply?.problem.code, String(deed)).toBe('KEY_NOT_VOUCHED');
    expect(events.at(-1)).toMatchObject({ outcome: 'refused', reason: 'KEY_NOT_VOUCHED' });
  }
  expect(await rowCounts(app)).toEqual(before);
  expect(bundlesOpened(await dumpOf(fresh), thief)).toEqual([]);
}

it.each(Object.keys(SWAPS))('%s in the place of the recipient’s: nothing is sealed to it', async (way) => {
  await tamperer.change((await SWAPS[way]?.(AGENCY.policeSonTra)) ?? '');
  const fresh = await startApp({ database: app.database });
  const [worker, desk] = [await signIn(fresh, 'lan.vhxh.sontra'), await signIn(fresh, 'toan.ca.sontra')];
  await expectRefused(fresh, worker, [BY_SENDER['dispatch'] as Deed]);
  await expectRefused(fresh, desk, Object.values(BY_RECIPIENT));
  await tamperer.undo();
  await fresh.close();
});

it.each(['the public key alone', 'a row that another custodian made'])(
  '%s in the place of the sender’s own: no deed that seals goes through',
  async (way) => {
    await tamperer.change((await SWAPS[way]?.(AGENCY.socialSonTra)) ?? '');
    const fresh = await startApp({ database: app.database });
    await expectRefused(fresh, await signIn(fresh, 'lan.vhxh.sontra'), Object.values(BY_SENDER));
    await tamperer.undo();
    await fresh.close();
  },
);

it('with the true keys the same deeds go through, and what a custodian signs names id, kind, version and key', async () => {
  for (const [name, deed] of Object.entries(BY_SENDER))
    expect((await deed(story.people.worker, await prepared())).status, name).toBeLessThan(300);
  for (const [name, deed] of Object.entries(BY_RECIPIENT))
    expect((await deed(story.people.desk, await prepared())).status, name).toBeLessThan(300);
  const principal = { principalId: 'a', kind: 'agency' as const, version: 1, publicKey: pair.publicKey };
  const others = [{ principalId: 'b' }, { kind: 'staff' as const }, { version: 2 }, { publicKey: Buffer.alloc(32) }];
  for (const other of others)
    expect(vouchedStatement({ ...principal, ...other })).not.toEqual(vouchedStatement(principal));
});
