import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it, vi } from 'vitest';
import type { Seal } from '../../../server/audit/audit.contract.ts';
import { vkeyOf } from '../../../server/audit/log-key.ts';
import { settleOrigin } from '../../../server/audit/sequencer/events.store.ts';
import { parseNote } from '../../../server/audit/tlog/note.ts';
import { parseProof } from '../../../server/audit/tlog/proof.ts';
import { quorumOf } from '../../../server/audit/tlog/quorum.ts';
import { parseVkey } from '../../../server/audit/tlog/vkey.ts';
import { aCaseWorker, auditor } from '../../support/actors.ts';
import { startApp } from '../../support/app.ts';
import { aDatabase } from '../../support/database.ts';
import { done, registerCase } from '../../support/seed.ts';
import { aFolder, logKey, stepping, until } from './stage.ts';

vi.setConfig({ testTimeout: 120_000 });
const WITNESS = fileURLToPath(new URL('../../../server/commands/witness.command.ts', import.meta.url));
type Running = { name: string; url: string; vkey: string; process: ChildProcess };

const database = await aDatabase();
afterAll(() => database.drop());
const folder = await aFolder();
const { run } = await stepping(database, folder);
const log = vkeyOf(logKey(), await settleOrigin(run, null));
const witnesses = await Promise.all(['Hội Phụ nữ', 'Trợ giúp pháp lý', 'Bệnh viện'].map(aWitness));
const file = join(folder, 'witnesses.json');
await writeFile(file, JSON.stringify(witnesses.map(({ name, url, vkey }) => ({ name, url, vkey }))));
const app = await startApp({
  database,
  sequences: true,
  audit: { HIEN_AUDIT_WITNESSES: file, HIEN_METRICS_PORT: '0' },
});
const reviewer = await auditor(app);

/** The real program, with a key and a folder of its own. */
async function aWitness(name: string, at: number): Promise<Running> {
  const place = join(folder, `witness-${at}`);
  const child = spawn(process.execPath, [WITNESS, '--folder', place, '--port', '0', '--log', log], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  afterAll(() => stop(child));
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  await until(async () => /Witnessing at http:\/\/\S+:/.test(said));
  const [, vkey = ''] = /Key: (\S+)/.exec(said) ?? [];
  const [, url = ''] = /Witnessing at (http:\/\/[^\s]+):/.exec(said) ?? [];
  return { name, url, vkey, process: child };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function seal(): Promise<Seal> {
  return done<Seal>(await reviewer.get<Seal>('/api/audit/seal'));
}

async function isQuorum(): Promise<boolean> {
  const now = await seal();
  return now.quorum.met && now.quorum.size !== null;
}

it('witnesses cosign what the log has signed, and auditors see two of three and since when', async () => {
  await until(isQuorum);
  const { quorum, witnesses: seen } = await seal();
  expect(quorum.needed).toBe(2);
  expect(Math.abs(Date.parse(quorum.cosignedAt ?? '') - Date.now())).toBeLessThan(120_000);
  expect(seen.map(({ name, vkey }) => ({ name, vkey }))).toEqual(witnesses.map(({ name, vkey }) => ({ name, vkey })));
  const note = parseNote(Buffer.from((await reviewer.get('/api/audit/checkpoint')).text));
  const keys = witnesses.map(({ vkey }) => parseVkey(vkey));
  expect(quorumOf(note, keys, 2).cosigners.length).toBeGreaterThanOrEqual(2);
  const figures = (await app.context.metrics?.text()) ?? '';
  expect(figures).toContain('hien_audit_witness_quorum_needed 2\n');
  expect(figures).toContain('hien_audit_witness_quorum_met 1\n');
  expect(Number(/^hien_audit_witness_quorum_age_seconds (\S+)$/m.exec(figures)?.[1])).toBeLessThan(120);
});

async function lastCosigned(): Promise<{ size: number; count: number }> {
  const [row] = await database.ask<{ size: number; count: number }>(
    'select size::int, count(*)::int from hien.audit_cosignature group by size order by size desc limit 1',
  );
  return row ?? { size: 0, count: 0 };
}

it('with one of three gone there is a quorum still, and proofs carry it; with two gone there is none any more', async () => {
  const [, second, third] = witnesses;
  await stop(third?.process as ChildProcess);
  const made = await registerCase(app, await aCaseWorker(app));
  const [row] = await database.ask<{ id: string }>(
    'select event_id as id from hien.audit_event_case where case_id = $1',
    [made.id],
  );
  const index = async (): Promise<number> => {
    const [leaf] = await database.ask<{ at: number }>(
      'select leaf_index::int as at from hien.audit_leaf where event_id = $1',
      [row?.id],
    );
    return leaf?.at ?? Number.MAX_SAFE_INTEGER;
  };
  await until(async () => ((await seal()).quorum.size ?? 0) > (await index()));
  const proof = parseProof(Buffer.from((await reviewer.get(`/api/audit/events/${row?.id}/proof`)).text));
  const keys = witnesses.map(({ vkey }) => parseVkey(vkey));
  expect(quorumOf(parseNote(Buffer.from(proof.checkpoint)), keys, 2).since).not.toBeNull();
  expect(app.logs()).toContain('audit.not_cosigned');
  await stop(second?.process as ChildProcess);
  const before = (await seal()).quorum.size ?? 0;
  await registerCase(app, await aCaseWorker(app));
  // The last witness alone has cosigned what came since; that is no quorum.
  await until(async () => (await lastCosigned()).size > before);
  expect((await lastCosigned()).count).toBe(1);
  expect((await seal()).quorum.size).toBeLessThan((await lastCosigned()).size);
});
