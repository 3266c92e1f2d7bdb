import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseCheckpoint, type Checkpoint } from '../tlog/checkpoint.ts';
import { cosignatureVerifier } from '../tlog/cosignature.ts';
import { formatNote, parseNote, verifyNote, type Note } from '../tlog/note.ts';
import type { VerifierKey } from '../tlog/vkey.ts';
import { hasCode, replaceDurably } from './durable-file.ts';
import { WitnessError } from './witness-error.ts';

/** The latest checkpoint of a log that this witness has cosigned; the note has the log's signature and its own. */
export type Cosigned = { checkpoint: Checkpoint; note: Note };

/** What a witness must never forget, by origin. */
export type WitnessRecord = ReadonlyMap<string, Cosigned>;

const FILE = 'record.json';

/**
 * Reads the record; null when there is none. Every checkpoint in it must carry this witness's own cosignature (`key` null: there
 * must be none). Throws WitnessError STATE_BROKEN, KEY_MISSING.
 */
export async function readRecord(folder: string, key: VerifierKey | null): Promise<WitnessRecord | null> {
  const file = path.join(folder, FILE);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  });
  if (text === null) return null;
  const notes = notesOf(text, file);
  if (key === null && notes.length > 0) throw new WitnessError('KEY_MISSING', folder);
  const verifiers = key === null ? [] : [cosignatureVerifier(key)];
  return byOrigin(
    notes.map((written) =>
      asStateFault(file, () => {
        const note = parseNote(Buffer.from(written, 'utf8'));
        verifyNote(note, verifiers);
        return { checkpoint: parseCheckpoint(note.text), note };
      }),
    ),
  );
}

/** Once this settles, the record survives a power cut. */
export async function writeRecord(folder: string, record: WitnessRecord): Promise<void> {
  const checkpoints = [...record.values()].map(({ note }) => formatNote(note));
  await replaceDurably(path.join(folder, FILE), `${JSON.stringify({ version: 1, checkpoints }, null, 2)}\n`);
}

export function byOrigin(all: readonly Cosigned[]): WitnessRecord {
  return new Map(all.map((one) => [one.checkpoint.origin, one]));
}

function notesOf(text: string, file: string): string[] {
  const stored = asStateFault(file, (): unknown => JSON.parse(text));
  if (!isStored(stored)) throw new WitnessError('STATE_BROKEN', file);
  return stored.checkpoints;
}

function isStored(value: unknown): value is { version: 1; checkpoints: string[] } {
  if (typeof value !== 'object' || value === null) return false;
  const { version, checkpoints } = value as Record<string, unknown>;
  return version === 1 && Array.isArray(checkpoints) && checkpoints.every((note) => typeof note === 'string');
}

function asStateFault<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch {
    throw new WitnessError('STATE_BROKEN', file);
  }
}
