import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { consistencyProof, leafHash, rootOfHashes } from '../../../server/audit/tlog/merkle.ts';
import { ed25519Verifier } from '../../../server/audit/tlog/note.ts';
import { formatVkey, parseVkey } from '../../../server/audit/tlog/vkey.ts';
import { formatAddCheckpoint } from '../../../server/audit/tlog/witness-request.ts';
import { openWitness } from '../../../server/audit/witness/open-witness.ts';
import { systemClock } from '../../../server/kernel/clock.ts';
import { aFolder, checkpointOf, exportOf, someSigners, verified, vkeysOf } from './log-folder.ts';
import { someEntries } from './some-events.ts';

const signers = { ...someSigners(), witnesses: [] };
const entries = someEntries(700);
/** The same log, as somebody with the log's true key would like it to be: without event 300. */
const fork = [...entries.slice(0, 300), ...entries.slice(301)];

const place = await mkdtemp(path.join(tmpdir(), 'hien-witness-'));
const logs = [{ origin: signers.origin, verifiers: [ed25519Verifier(parseVkey(vkeysOf(signers).log))] }];
const witness = await openWitness({ folder: place, name: 'witness.example/one' }, { logs, clock: systemClock });
const folder = aFolder();
afterAll(async () => {
  await witness.close();
  await rm(place, { recursive: true, force: true });
  folder.remove();
});

async function shown(log: readonly Buffer[], oldSize: number) {
  const hashes = log.map(leafHash);
  const reader = (level: number, index: number): Buffer =>
    rootOfHashes(hashes.slice(index * 2 ** level, (index + 1) * 2 ** level));
  const proof = oldSize === 0 ? [] : await consistencyProof({ oldSize, size: log.length }, reader);
  return witness.addCheckpoint(
    Buffer.from(formatAddCheckpoint({ oldSize, proof, checkpoint: checkpointOf(signers, log).toString() })),
  );
}

it('a witness cosigns the log, refuses the fork, and the verifier misses its line under the fork', async () => {
  const vkey = [formatVkey(witness.key)];
  const first = await shown(entries.slice(0, 500), 0);
  const second = await shown(entries, 500);
  expect([first.kind, second.kind]).toEqual(['cosigned', 'cosigned']);
  const line = second.kind === 'cosigned' ? second.line : '';
  const cosigned = Buffer.concat([checkpointOf(signers, entries), Buffer.from(line)]);
  folder.put(exportOf(signers, entries).set('checkpoint', cosigned));
  expect(verified(folder.place, signers, { witnesses: vkey }).codes).toEqual([]);

  const longer = [...fork, ...someEntries(702).slice(700)];
  expect((await shown(longer, 700)).kind, 'a proof that does not fit').toBe('refused');
  expect((await shown(fork, 0)).kind, 'an older state').toBe('conflict');
  folder.put(exportOf(signers, longer));
  expect(verified(folder.place, signers, { witnesses: vkey }).codes).toContain('QUORUM');
  folder.put(
    exportOf(signers, longer).set('checkpoint', Buffer.concat([checkpointOf(signers, longer), Buffer.from(line)])),
  );
  expect(verified(folder.place, signers, { witnesses: vkey }).codes).toContain('SIGNATURE_BAD');
});
