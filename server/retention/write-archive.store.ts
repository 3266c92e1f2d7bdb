import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import type { Bounds } from './archive.store.ts';
import { copyToFile, syncFolder, type CopiedFile } from './copy-file.store.ts';
import { DumpError } from './dump-error.ts';

export type WrittenArchive = {
  place: string;
  files: ({ name: string } & CopiedFile)[];
  checkpointSize: number;
  checkpointSha256: string;
};
type Archiving = { ownerUrl: string; folder: string; month: string; bounds: Bounds };

const WITHIN = ({ from, to }: Bounds): string => `e.recorded_at >= '${from}' and e.recorded_at < '${to}'`;
/** What of a month is written, in COPY text; the leaves say where each event stands in the tree. */
const SELECTS = {
  audit_event: (bounds: Bounds) =>
    `select id, recorded_at, occurred_at, epoch, xid, actor_id, agency_id, owner_agency_id, action, outcome, object_kind, object_id, event
       from hien.audit_event e where ${WITHIN(bounds)} order by recorded_at, id`,
  audit_event_case: (bounds: Bounds) =>
    `select case_id, event_id, recorded_at from hien.audit_event_case e where ${WITHIN(bounds)} order by recorded_at, event_id, case_id`,
  audit_leaf: (bounds: Bounds) =>
    `select l.event_id, l.leaf_index, l.leaf_hash from hien.audit_leaf l join hien.audit_event e on e.id = l.event_id
      where ${WITHIN(bounds)} order by e.recorded_at, e.id`,
} as const;
const CHECKPOINT = 'checkpoint';

/**
 * Writes the events of a month with their places in the tree and the newest checkpoint into a folder of its own, then
 * reads everything back: the checksums hold, and each event's bytes hash to its leaf. The folder ends in `.partial` until
 * all this is done and on disk.
 * @throws DumpError FOLDER, FILE_DAMAGED
 */
export async function writeArchive({ ownerUrl, folder, month, bounds }: Archiving): Promise<WrittenArchive> {
  const place = path.join(folder, `audit-${month}`);
  const partial = `${place}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o700 }).catch(() => {
    throw new DumpError('FOLDER', folder);
  });
  const { files, size } = await readMonth(ownerUrl, partial, bounds);
  for (const file of files) await requireSame(partial, file);
  await requireProven(partial);
  const note = await readFile(path.join(partial, CHECKPOINT));
  await syncFolder(partial);
  // An earlier attempt that was cut off after this point is written anew.
  await rm(place, { recursive: true, force: true });
  await rename(partial, place);
  await syncFolder(folder);
  return { place, files, checkpointSize: size, checkpointSha256: createHash('sha256').update(note).digest('hex') };
}

async function readMonth(ownerUrl: string, place: string, bounds: Bounds) {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'hien archive' });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query('set local role hien_archivist');
    const files: WrittenArchive['files'] = [];
    for (const [name, select] of Object.entries(SELECTS)) {
      const copying = { file: fileIn(place, name), select: select(bounds), onRows: () => {} };
      files.push({ name, ...(await copyToFile(client, copying)) });
    }
    const { rows } = await client.query<{ size: string | number; note: string }>(
      'select size, note from hien.audit_checkpoint order by size desc limit 1',
    );
    await writeFile(path.join(place, CHECKPOINT), rows[0]?.note ?? '', { mode: 0o600, flush: true });
    return { files, size: Number(rows[0]?.size ?? 0) };
  } finally {
    await client.end();
  }
}

function fileIn(place: string, name: string): string {
  return path.join(place, `${name}.copy`);
}

async function requireSame(place: string, { name, bytes, sha256 }: WrittenArchive['files'][number]): Promise<void> {
  const hash = createHash('sha256');
  let length = 0;
  for await (const chunk of createReadStream(fileIn(place, name))) {
    hash.update(chunk as Buffer);
    length += (chunk as Buffer).length;
  }
  if (length !== bytes || hash.digest('hex') !== sha256) throw new DumpError('FILE_DAMAGED', fileIn(place, name));
}

/** Both files are in the same order: line by line, the event's bytes must hash to the leaf (RFC 6962, 2.1). */
async function requireProven(place: string): Promise<void> {
  const leaves = linesOf(fileIn(place, 'audit_leaf'));
  for await (const line of linesOf(fileIn(place, 'audit_event'))) {
    const [id, ...columns] = line.split('\t');
    const { value: leaf = '' } = await leaves.next();
    const [eventId, , hash] = String(leaf).split('\t');
    const bytes = Buffer.concat([Buffer.from([0]), bytesOf(columns.at(-1))]);
    if (eventId !== id || !createHash('sha256').update(bytes).digest().equals(bytesOf(hash)))
      throw new DumpError('FILE_DAMAGED', fileIn(place, 'audit_event'));
  }
}

async function* linesOf(file: string): AsyncGenerator<string, void> {
  yield* createInterface({ input: createReadStream(file), crlfDelay: Infinity });
}

/** A bytea in COPY text: hexadecimal after a doubled backslash. */
function bytesOf(text = ''): Buffer {
  return Buffer.from(text.replace(/^\\\\x/, ''), 'hex');
}
