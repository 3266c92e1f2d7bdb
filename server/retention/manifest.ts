import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { DumpError } from './dump-error.ts';
import type { DumpPart } from './dump.rules.ts';

export const MANIFEST = 'manifest.json';

const manifestShape = z.strictObject({
  format: z.literal('hien-dump-v1'),
  part: z.enum(['data', 'keys']),
  /** Which installation it was taken of. */
  installation: z.uuid(),
  /** Moment of the snapshot. */
  takenAt: z.iso.datetime(),
  /** Two dumps of one snapshot fit exactly. */
  snapshot: z.string(),
  migrations: z.array(z.string()),
  /** Keys only: for how many days this copy may be kept. */
  keptDays: z.int().nullable(),
  files: z.array(
    z.strictObject({
      name: z.string().regex(/^[a-z_]{1,60}$/),
      table: z.string(),
      columns: z.array(z.string()),
      rows: z.int().min(0),
      bytes: z.int().min(0),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});

/** What a dump says about itself; nothing of it is content. */
export type Manifest = z.infer<typeof manifestShape>;
export type ManifestFile = Manifest['files'][number];

/** PostgreSQL's text format of COPY, as `\copy` of psql reads and writes it. */
export function fileName({ name }: Pick<ManifestFile, 'name'>): string {
  return `${name}.copy`;
}

/**
 * Reads a dump's manifest and holds every file against it, byte for byte.
 * @throws DumpError NOT_A_DUMP, WRONG_PART, FILE_DAMAGED
 */
export async function readCheckedManifest(folder: string, part: DumpPart): Promise<Manifest> {
  const manifest = await readManifest(folder);
  if (manifest.part !== part) throw new DumpError('WRONG_PART', folder);
  for (const file of manifest.files) await requireWhole(folder, file);
  return manifest;
}

async function readManifest(folder: string): Promise<Manifest> {
  try {
    return manifestShape.parse(JSON.parse(await readFile(path.join(folder, MANIFEST), 'utf8')));
  } catch {
    throw new DumpError('NOT_A_DUMP', folder);
  }
}

async function requireWhole(folder: string, file: ManifestFile): Promise<void> {
  const place = path.join(folder, fileName(file));
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(place)) {
      hash.update(chunk as Buffer);
      bytes += (chunk as Buffer).length;
    }
  } catch {
    throw new DumpError('FILE_DAMAGED', place);
  }
  if (bytes !== file.bytes || hash.digest('hex') !== file.sha256) throw new DumpError('FILE_DAMAGED', place);
}

/** @throws DumpError MIXED, KEYS_OLDER: the two cannot make one system */
export function requirePair(data: Manifest, keys: Manifest): void {
  if (data.installation !== keys.installation) throw new DumpError('MIXED');
  const isOneSnapshot = data.snapshot === keys.snapshot && data.snapshot !== '';
  if (!isOneSnapshot && Date.parse(keys.takenAt) < Date.parse(data.takenAt)) throw new DumpError('KEYS_OLDER');
}
