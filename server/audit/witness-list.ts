import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { SIGNATURE_TYPE, parseVkey } from './tlog/vkey.ts';

/** Somebody else's program that cosigns what it has seen to grow only (C2SP tlog-witness). `name`: as people call it. */
export type Witness = { name: string; url: string; vkey: string };

const list = z
  .array(
    z.strictObject({
      name: z.string().min(1).max(100),
      url: z.url({ protocol: /^https?$/ }),
      vkey: z.string().refine(isWitnessKey),
    }),
  )
  .max(32)
  .refine((witnesses) => new Set(witnesses.map(({ vkey }) => vkey)).size === witnesses.length)
  .refine((witnesses) => new Set(witnesses.map(({ name }) => name)).size === witnesses.length);

/** Reads the file of HIEN_AUDIT_WITNESSES. Throws Error with one sentence for whoever wrote the file. */
export async function readWitnesses(file: string | undefined): Promise<readonly Witness[]> {
  if (file === undefined) return [];
  try {
    return list.parse(JSON.parse(await readFile(file, 'utf8')));
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

function isWitnessKey(vkey: string): boolean {
  try {
    return parseVkey(vkey).type === SIGNATURE_TYPE.cosignature;
  } catch {
    return false;
  }
}

/** The name in its signature lines, which is part of its key. */
export function signingNameOf({ vkey }: Witness): string {
  return parseVkey(vkey).name;
}

export function witnessNames(witnesses: readonly Witness[]): string[] {
  return witnesses.map(signingNameOf);
}
