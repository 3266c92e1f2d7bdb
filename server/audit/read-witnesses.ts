import { readFile } from 'node:fs/promises';
import { parseWitnesses } from './witness-list.ts';
import type { Witness } from './witnesses.ts';

/** The witnesses in the file of HIEN_AUDIT_WITNESSES. Throws Error with one sentence for whoever wrote the file. */
export async function readWitnesses(file: string | undefined): Promise<readonly Witness[]> {
  if (file === undefined) return [];
  try {
    return parseWitnesses(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new Error(
      `HIEN_AUDIT_WITNESSES (${file}): phải là JSON dạng [{"name", "url", "vkey"}], mỗi tên và khóa một lần. / must be JSON like [{"name", "url", "vkey"}], each name and key once.`,
      { cause },
    );
  }
}

/** How many of them an auditor asks for: more than half, so two of three. */
export function quorumSize(witnesses: readonly Witness[]): number {
  return witnesses.length === 0 ? 0 : Math.floor(witnesses.length / 2) + 1;
}
