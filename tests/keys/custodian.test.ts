import { expect, it } from 'vitest';

import { keyringCustodian } from '../../server/keys/keyring-custodian.ts';
import { generateRingSecrets, type RingSecret } from '../../server/keys/ring-secrets.ts';
import { conforms } from './custodian-conformance.ts';

const secrets = generateRingSecrets();
const second = generateRingSecrets()
  .filter(({ purpose }) => purpose === 'wrap' || purpose === 'vouch')
  .map((one): RingSecret => ({ ...one, version: 2 }));
let nowMs = 0;
const now = (): number => nowMs;
const custodian = keyringCustodian(secrets, now);

await conforms({
  name: 'keyring',
  custodian,
  again: async () => keyringCustodian(secrets, now),
  elsewhere: async () => keyringCustodian(generateRingSecrets(), now),
  rotated: async () => keyringCustodian([...secrets, ...second], now),
  passMinute: () => void (nowMs += 60_001),
});

it('a keyring without the newer secrets neither opens nor vouches for what they made', async () => {
  const later = keyringCustodian([...secrets, ...second], now);
  const fresh = await later.createPrincipal({ principalId: 'agency-3', kind: 'agency', version: 1 });
  expect(custodian.vouchesFor(fresh)).toBe(false);
  await expect(custodian.listKey(fresh)).rejects.toThrow(expect.objectContaining({ code: 'SEAL_BROKEN' }));
});
