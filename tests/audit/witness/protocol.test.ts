import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cosignatureVerifier, cosignedAt } from '../../../server/audit/tlog/cosignature.ts';
import { ed25519Verifier, parseNote, parseSignatureLines, verifyNote } from '../../../server/audit/tlog/note.ts';
import { parseVkey } from '../../../server/audit/tlog/vkey.ts';
import { formatAddCheckpoint } from '../../../server/audit/tlog/witness-request.ts';
import { aLog, type ALog } from './a-log.ts';
import { aFolder, startWitness, type AWitness } from './a-witness.ts';

/** Two logs for each test, all trusted by the one witness. */
const pool = Array.from({ length: 40 }, (_, index) => aLog(`log.example/${index}`));
const trusted = [...pool];
const stranger = aLog('log.example/la');
const REFUSED = { body: '', type: 'text/plain; charset=utf-8' };

let place: Awaited<ReturnType<typeof aFolder>>;
let witness: AWitness;
let log: ALog;
let other: ALog;

beforeAll(async () => {
  place = await aFolder();
  witness = await startWitness(place.folder, trusted);
});

beforeEach(() => {
  const [first, second] = pool.splice(0, 2);
  if (first === undefined || second === undefined) throw new Error('too few logs for so many tests');
  [log, other] = [first, second];
});

afterAll(async () => {
  await witness.kill();
  await place.remove();
});

/** The size that the witness holds, as it tells whoever asks with a wrong one. */
async function sizeHeld(): Promise<string> {
  const reply = await witness.add(formatAddCheckpoint({ oldSize: 900, proof: [], checkpoint: log.noteAt(900) }));
  return `${reply.status} ${reply.body}`;
}

describe('a witness', () => {
  it('cosigns the first checkpoint, each one that continues it, and the same one again', async () => {
    for (const [oldSize, size] of [
      [0, 5],
      [5, 9],
      [9, 9],
      [9, 300],
    ] as const) {
      const before = Math.floor(Date.now() / 1000);
      const reply = await witness.add(await log.requestFor(oldSize, size));
      expect(reply.status).toBe(200);
      const { text } = parseNote(Buffer.from(log.noteAt(size)));
      const [line, ...more] = verifyNote({ text, signatures: parseSignatureLines(reply.body) }, [
        cosignatureVerifier(witness.key),
      ]);
      if (line === undefined) throw new Error('a cosignature');
      expect(more).toEqual([]);
      expect(cosignedAt(line)).toBeGreaterThanOrEqual(before);
    }
    expect(await sizeHeld()).toBe('409 300\n');
  });

  it('starts with an empty tree too', async () => {
    expect((await witness.add(await log.requestFor(0, 0))).status).toBe(200);
    expect((await witness.add(await log.requestFor(0, 3))).status).toBe(200);
  });

  it('keeps each log apart', async () => {
    await witness.add(await log.requestFor(0, 5));
    expect((await witness.add(await other.requestFor(0, 3))).status).toBe(200);
    expect(await sizeHeld()).toBe('409 5\n');
  });

  it('says 409 and the size it holds when the old size is another', async () => {
    await witness.add(await log.requestFor(0, 5));
    for (const oldSize of [0, 4, 6])
      expect(await witness.add(await log.requestFor(oldSize, 9))).toEqual({
        status: 409,
        body: '5\n',
        type: 'text/x.tlog.size',
      });
    expect(await sizeHeld()).toBe('409 5\n');
  });

  it('never shrinks: a smaller tree is refused whatever size is said to be old', async () => {
    await witness.add(await log.requestFor(0, 9));
    const shrunk = (oldSize: number) => formatAddCheckpoint({ oldSize, proof: [], checkpoint: log.noteAt(5) });
    expect(await witness.add(shrunk(9))).toEqual({ status: 400, ...REFUSED });
    // Said to be old, yet larger than the tree: a fault of the form, whatever the witness holds.
    expect((await witness.add(shrunk(6))).status).toBe(400);
    expect((await witness.add(shrunk(5))).status).toBe(409);
    expect((await witness.add(shrunk(0))).status).toBe(409);
    expect(await sizeHeld()).toBe('409 9\n');
  });

  it('refuses with 422 a fork of the same size, and keeps what proves it', async () => {
    await witness.add(await log.requestFor(0, 9));
    const fork = log.face('forged', 4);
    expect(await witness.add(await fork.requestFor(9, 9))).toEqual({ status: 422, ...REFUSED });
    expect(witness.output()).toContain('WARNING');
    const kept = await readdir(`${place.folder}/evidence`);
    expect(kept).toHaveLength(1);
    expect(await readFile(`${place.folder}/evidence/${kept[0] ?? ''}`, 'utf8')).toBe(fork.noteAt(9));
    expect((await witness.add(await log.requestFor(9, 10))).status).toBe(200);
  });

  it('refuses with 422 a longer fork, and every proof that does not fit', async () => {
    await witness.add(await log.requestFor(0, 9));
    const proof = await log.proofFrom(9, 12);
    const [first, ...rest] = proof;
    if (first === undefined) throw new Error('a proof');
    const bodies = [
      await log.face('forged', 4).requestFor(9, 12),
      ...[[], rest, [...proof, first], [...proof].reverse()].map((bent) =>
        formatAddCheckpoint({ oldSize: 9, proof: bent, checkpoint: log.noteAt(12) }),
      ),
      formatAddCheckpoint({ oldSize: 9, proof: [first], checkpoint: log.noteAt(9) }),
    ];
    for (const body of bodies) expect(await witness.add(body)).toEqual({ status: 422, ...REFUSED });
    expect(await sizeHeld()).toBe('409 9\n');
    expect((await witness.add(await log.requestFor(9, 12))).status).toBe(200);
  });

  it('refuses with 422 a proof from nothing, and an empty tree with another root', async () => {
    const proof = [log.rootAt(1)];
    const bodies = [
      formatAddCheckpoint({ oldSize: 0, proof, checkpoint: log.noteAt(5) }),
      formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint: log.noteAt(0, log.rootAt(1)) }),
    ];
    for (const body of bodies) expect(await witness.add(body)).toEqual({ status: 422, ...REFUSED });
  });

  it('refuses with 404 a log it does not know, and with 403 a checkpoint its log has not signed', async () => {
    expect(await witness.add(await stranger.requestFor(0, 5))).toEqual({ status: 404, ...REFUSED });
    const forged = aLog(log.origin);
    expect(await witness.add(await forged.requestFor(0, 5))).toEqual({ status: 403, ...REFUSED });
    const wrong = (await log.requestFor(0, 5)).replace(/\n5\n/, '\n6\n');
    expect(await witness.add(wrong)).toEqual({ status: 403, ...REFUSED });
    const both = (await log.requestFor(0, 5)) + (parseLine(forged.noteAt(5)) ?? '');
    expect((await witness.add(both)).status).toBe(200);
  });

  it('refuses with 400 what is no request, and with 413 what is larger than any', async () => {
    const good = await log.requestFor(0, 5);
    const bad = [
      '',
      'old 0\n',
      good.replace('old 0', 'old 00'),
      good.replace('old 0', 'new 0'),
      `${good}\n`,
      good.slice(0, -1),
    ];
    for (const body of bad) expect(await witness.add(body)).toEqual({ status: 400, ...REFUSED });
    expect(await witness.add(Buffer.of(0xff, 0xfe))).toEqual({ status: 400, ...REFUSED });
    expect((await witness.add(Buffer.alloc(1024 * 1024, 'a'))).status).toBe(413);
    expect(await sizeHeld()).toBe('409 0\n');
  });

  it('knows two places, each with its method, and is not disturbed by nonsense', async () => {
    const ask = async (path: string, method: string) => (await fetch(`${witness.url}${path}`, { method })).status;
    expect(await ask('/add-checkpoint', 'GET')).toBe(405);
    expect(await ask('/', 'GET')).toBe(404);
    expect(await ask('/add-checkpoint/', 'POST')).toBe(404);
    const socket = connect(Number(new URL(witness.url).port), '127.0.0.1');
    socket.resume().end('GET // HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    await once(socket, 'close');
    expect((await witness.add(await log.requestFor(0, 5))).status).toBe(200);
  });

  it('shows monitors the latest checkpoint of a log with both signatures', async () => {
    const ask = (origin: string) =>
      fetch(`${witness.url}/${createHash('sha256').update(origin).digest('hex')}/checkpoint`);
    expect((await ask(log.origin)).status).toBe(404);
    const forged = parseLine(aLog(log.origin).noteAt(5)) ?? '';
    await witness.add((await log.requestFor(0, 5)) + forged);
    const note = parseNote(Buffer.from(await (await ask(log.origin)).text()));
    const verifiers = [ed25519Verifier(parseVkey(log.vkey)), cosignatureVerifier(witness.key)];
    // A stranger's line is not passed on.
    expect(verifyNote(note, verifiers)).toEqual(note.signatures);
    expect(note.signatures).toHaveLength(2);
    expect((await ask(stranger.origin)).status).toBe(404);
  });

  it('lets one of many that come at once through', async () => {
    const faces = Array.from({ length: 12 }, (_, index) => log.face(`face ${index}`, 0));
    const replies = await Promise.all(faces.map(async (face) => witness.add(await face.requestFor(0, 7))));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, ...new Array<number>(11).fill(409)]);
  });
});

function parseLine(note: string): string | undefined {
  return note.split('\n\n')[1];
}
