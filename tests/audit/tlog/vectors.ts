import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';
import * as z from 'zod';
import { TlogError } from '../../../server/audit/tlog/tlog-error.ts';

/*
 * One file per happy and per tampered case. They were computed apart from our code: trees by the recursive definitions of
 * RFC 6962 §2.1, keys and signatures by another library, and the examples that stand in the C2SP specifications.
 */

const FOLDER = new URL('../vectors/', import.meta.url);

/** `what`: the case in words; `expect`: `ok`, or the code that it must be refused with. */
type Vector = { what: string; expect: string };

/** The cases of one kind, as rows for `it.each`: the name of the file, and what stands in it. */
export function vectorsOf<T extends Vector>(kind: string, schema: z.ZodType<T>): [string, T][] {
  const files = readdirSync(FOLDER).filter((file) => file.startsWith(`${kind}.`));
  if (files.length === 0) throw new Error(`no vectors of ${kind}`);
  return files.sort().map((file) => [file, schema.parse(JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')))]);
}

export const vector = z.object({ what: z.string(), expect: z.string() });
export const hex = z.string().transform((text) => Buffer.from(text, 'hex'));
export const hashes = z.array(hex);

/** `ok`, or the code of the refusal. */
export function outcomeOf(act: () => unknown): string {
  try {
    act();
    return 'ok';
  } catch (error) {
    if (error instanceof TlogError) return error.code;
    throw error;
  }
}

/** Fails unless every one of the acts is refused by the log's own error. */
export function expectRefused(act: () => unknown, about: string): void {
  expect(outcomeOf(act), about).not.toBe('ok');
}
