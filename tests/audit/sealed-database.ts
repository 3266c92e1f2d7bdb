import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { exportLog, type ExportReport, type Wanted } from '../../server/audit/export/export-log.ts';
import { openSink } from '../../server/audit/export/sink.ts';
import { vkeyOf } from '../../server/audit/log-key.ts';
import { cosign, cosignatureKeyOf, cosignedAt } from '../../server/audit/tlog/cosignature.ts';
import { parseNote, signatureLine } from '../../server/audit/tlog/note.ts';
import { formatVkey } from '../../server/audit/tlog/vkey.ts';
import { isDeed } from '../../server/audit/vocabulary.ts';
import { LOG, readVkey, WITNESS } from '../../server/audit/verifier/note.ts';
import { verifyExport } from '../../server/audit/verifier/verify.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aFolder, logKey, stepping } from './sequencer/stage.ts';
import type { Made } from './verifier/some-events.ts';

/** A log in a database, sealed by the real sequencer, and cosigned by three keys. */
export type SealedDatabase = {
  database: TestDatabase;
  /** Seals what was added since, and has the new head cosigned. */ seal(count: number): Promise<void>;
  export(wanted?: Partial<Wanted>): Promise<Exported>;
};
export type Exported = ExportReport & { place: string; checkpoint: Buffer };

const WITNESSES = ['a', 'b', 'c'].map((letter) => ({
  name: `witness.example/${letter}`,
  privateKey: generateKeyPairSync('ed25519').privateKey,
}));

export async function aSealedDatabase(): Promise<SealedDatabase> {
  const database = await aDatabase();
  const sequencing = await stepping(database, await aFolder());
  const folder = await aFolder();
  let exports = 0;
  return {
    database,
    async seal(count) {
      await sequencing.seal(count);
      await cosignNewest(database);
    },
    async export(wanted = {}) {
      const place = join(folder, `${(exports += 1)}`);
      const sink = await openSink(place);
      if (sink === null) throw new Error(`${place} is not empty`);
      const order = { from: null, to: null, afterSize: null, ...wanted };
      const quiet = { record: async () => {}, onEntries: () => {} };
      const report = await exportLog({ ownerUrl: database.ownerUrl, sink, wanted: order, ...quiet });
      if (report === null) throw new Error('nothing was sealed');
      return { ...report, place, checkpoint: await newestNote(database) };
    },
  };
}

const ADD = `with e as (select convert_from(b, 'UTF8')::jsonb as j, b from unnest($1::bytea[]) b), stored as (
    insert into hien.audit_event (id, recorded_at, occurred_at, epoch, actor_id, agency_id, owner_agency_id, action, outcome, object_kind, object_id, event)
    select (j ->> 'id')::uuid, (j ->> 'recorded')::timestamptz, (j ->> 'time')::timestamptz, (select audit_epoch from hien.installation),
           case when j ->> 'actor' not like 'system:%' then (j ->> 'actor')::uuid end, (j ->> 'agency')::uuid, (j ->> 'owner')::uuid,
           j ->> 'action', j ->> 'outcome', j ->> 'objectKind', (j ->> 'objectId')::uuid, b from e)
  insert into hien.audit_event_case (case_id, event_id, recorded_at, is_deed)
  select c::uuid, (j ->> 'id')::uuid, (j ->> 'recorded')::timestamptz, j ->> 'id' = any ($2::text[]) from e, jsonb_array_elements_text(j -> 'cases') c`;

/** Adds events as the application stores them; all in one statement, so that they are sealed in the order of their ids. */
export async function addEvents(database: TestDatabase, events: readonly Made[], bytesOf: (event: Made) => Buffer) {
  await database.ask(ADD, [events.map(bytesOf), events.filter(isDeed).map(({ id }) => id)]);
}

async function newestNote(database: TestDatabase): Promise<Buffer> {
  const [row] = await database.ask<{ note: string }>(
    'select note from hien.audit_checkpoint order by size desc limit 1',
  );
  return Buffer.from(row?.note ?? '');
}

async function cosignNewest(database: TestDatabase): Promise<void> {
  const { text } = parseNote(await newestNote(database));
  const size = Number(text.split('\n')[1]);
  for (const { name, privateKey } of WITNESSES) {
    const signature = cosign(text, { name, privateKey, at: Math.floor(Date.now() / 1000) });
    await database.ask(
      'insert into hien.audit_cosignature (size, witness, line, cosigned_at, received_at) values ($1, $2, $3, to_timestamp($4), now())',
      [size, name, signatureLine(signature), cosignedAt(signature)],
    );
  }
}

/** What an auditor's verifier says of an export, asked for all three cosignatures. */
export function verified({ place, origin }: Exported, known: readonly Buffer[] = []) {
  const log = readVkey(vkeyOf(logKey(), origin), LOG);
  const witnesses = WITNESSES.map(({ name, privateKey }) =>
    readVkey(formatVkey(cosignatureKeyOf(name, privateKey)), WITNESS),
  );
  const older = known.map((bytes, nth) => ({ name: `known ${nth}`, bytes }));
  const order = { place, log, witnesses, quorum: witnesses.length, known: older };
  const { doubts, entries } = verifyExport(order, { onDoubt: () => {}, onEntries: () => {} });
  return { codes: [...new Set(doubts.list.map(({ code }) => code))].toSorted(), first: doubts.first, entries };
}

/** Somebody with every right, past all guards. */
export async function asSuperuser<T>(ownerUrl: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}

/** A folder that nobody needs any more. */
export async function scratch(): Promise<{ place: string; remove(): Promise<void> }> {
  const place = await mkdtemp(join(tmpdir(), 'hien-export-'));
  return { place, remove: () => rm(place, { recursive: true, force: true }) };
}
