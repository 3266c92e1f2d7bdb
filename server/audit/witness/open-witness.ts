import { mkdir } from 'node:fs/promises';
import type { Clock } from '../../kernel/clock.ts';
import type { Checkpoint, TrustedLog } from '../tlog/checkpoint.ts';
import { cosign } from '../tlog/cosignature.ts';
import { formatNote, signatureLine } from '../tlog/note.ts';
import { keepEvidence } from './evidence.ts';
import { lockFolder, type FolderLock } from './folder-lock.ts';
import { judgeCheckpoint, type Verdict } from './judge-checkpoint.ts';
import { makeWitnessKey, readWitnessKey, type WitnessKey } from './witness-key.ts';
import { byOrigin, readRecord, writeRecord, type WitnessRecord } from './witness-record.ts';
import { WitnessError } from './witness-error.ts';

/** `cosigned`: the signature line. `forked`: where the second face was written down, null when there is no room for it. */
export type Answer =
  | { kind: 'cosigned'; line: string }
  | { kind: 'forked'; evidence: string | null }
  | Exclude<Verdict, { kind: 'accepted' | 'forked' }>;

export type OpenWitness = {
  key: WitnessKey['key'];
  /** Answers one request after the other. Rejects when the record cannot be written: then the witness must end. */
  addCheckpoint(body: Uint8Array): Promise<Answer>;
  /** The latest cosigned checkpoint of a log, whole. */
  latestNote(origin: string): string | undefined;
  close(): Promise<void>;
};

export type WitnessOptions = { folder: string; name: string | undefined };
type Accepted = Extract<Verdict, { kind: 'accepted' }>;
type Watch = { logs: readonly TrustedLog[]; clock: Clock };
type OpenFolder = { folder: string; lock: FolderLock; key: WitnessKey; record: WitnessRecord };

/** Opens a witness's folder for this process alone. Throws WitnessError. */
export async function openWitness(options: WitnessOptions, watch: Watch): Promise<OpenWitness> {
  const open = await openFolder(options);
  let turn: Promise<unknown> = Promise.resolve();
  return {
    key: open.key.key,
    addCheckpoint(body) {
      const mine = turn.then(() => answer(open, watch, body));
      turn = mine.catch(() => {});
      return mine;
    },
    latestNote(origin) {
      const cosigned = open.record.get(origin);
      return cosigned === undefined ? undefined : formatNote(cosigned.note);
    },
    async close() {
      await turn;
      await open.lock.release();
    },
  };
}

async function answer(open: OpenFolder, watch: Watch, body: Uint8Array): Promise<Answer> {
  const latest = (origin: string): Checkpoint | undefined => open.record.get(origin)?.checkpoint;
  const verdict = judgeCheckpoint(body, { logs: watch.logs, latest });
  switch (verdict.kind) {
    case 'accepted':
      return { kind: 'cosigned', line: await accept(open, verdict, Math.floor(watch.clock.now() / 1000)) };
    case 'forked':
      return { kind: 'forked', evidence: await keepEvidence(open.folder, formatNote(verdict.note)) };
    case 'conflict':
    case 'refused':
      return verdict;
  }
}

/** First the disk, then memory, then the answer: a signature that is out in the world is never forgotten. */
async function accept(open: OpenFolder, { checkpoint, note }: Accepted, at: number): Promise<string> {
  if (!(await open.lock.isHeld())) throw new WitnessError('FOLDER_IN_USE', open.folder);
  const own = cosign(note.text, { name: open.key.key.name, privateKey: open.key.privateKey, at });
  const cosigned = { checkpoint, note: { text: note.text, signatures: [...note.signatures, own] } };
  const record = byOrigin([...open.record.values(), cosigned]);
  await writeRecord(open.folder, record);
  open.record = record;
  return signatureLine(own);
}

/** The key of the folder, made if there is none. Throws WitnessError. */
export async function witnessKeyOf(options: WitnessOptions): Promise<WitnessKey['key']> {
  const found = await readWitnessKey(options.folder, options.name);
  if (found !== null) return found.key;
  const { lock, key } = await openFolder(options);
  await lock.release();
  return key.key;
}

async function openFolder({ folder, name }: WitnessOptions): Promise<OpenFolder> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(folder);
  try {
    return { folder, lock, ...(await keyAndRecord(folder, name)) };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** The empty record is written before the key: a key without a record has lost it, and must not sign again. */
async function keyAndRecord(folder: string, name?: string): Promise<Pick<OpenFolder, 'key' | 'record'>> {
  const key = await readWitnessKey(folder, name);
  const record = await readRecord(folder, key?.key ?? null);
  if (key !== null && record === null) throw new WitnessError('STATE_MISSING', folder);
  if (record === null) await writeRecord(folder, byOrigin([]));
  return { key: key ?? (await makeWitnessKey(folder, name)), record: record ?? byOrigin([]) };
}
