import { afterEach, describe, expect, it } from 'vitest';
import { parseNote, type NoteSignature } from '../../../server/audit/tlog/note.ts';
import { quorumOf } from '../../../server/audit/tlog/quorum.ts';
import { formatVkey } from '../../../server/audit/tlog/vkey.ts';
import { parseWitnesses } from '../../../server/audit/witness-list.ts';
import { collectCosignatures, type Witness, type WitnessAnswer } from '../../../server/audit/witnesses.ts';
import { aLog } from './a-log.ts';
import { aStandIn, type Hands, type StandIn } from './a-stand-in.ts';
import { aFolder, startWitness } from './a-witness.ts';

const log = aLog('log.example/hien');
const now = (): number => Math.floor(Date.now() / 1000);
const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function anHonest(name: string) {
  const { folder, remove } = await aFolder();
  cleanUps.push(remove);
  const real = await startWitness(folder, [log]);
  cleanUps.push(() => real.kill());
  const witness: Witness = { name, url: real.url, key: real.key };
  return { witness, real };
}

async function standIn(name: string, act: (hands: Hands) => void | Promise<void>): Promise<StandIn> {
  const made = await aStandIn(name, act);
  cleanUps.push(() => made.close());
  return made;
}

type Asking = { size: number; acknowledged?: number; timeoutMs?: number; onAnswer?: (answer: WitnessAnswer) => void };

function ask(witnesses: readonly Witness[], { size, acknowledged = 0, timeoutMs = 5000, onAnswer }: Asking) {
  return collectCosignatures({
    note: log.noteAt(size),
    witnesses,
    acknowledged: () => acknowledged,
    proofFrom: (oldSize) => log.proofFrom(oldSize, size),
    fetch,
    timeoutMs,
    now,
    ...(onAnswer === undefined ? {} : { onAnswer }),
  });
}

const signaturesOf = (answers: readonly WitnessAnswer[]): NoteSignature[] =>
  answers.flatMap((answer) => (answer.outcome === 'cosigned' ? [answer.signature] : []));

describe('the cosignatures of witnesses', () => {
  it('come from the honest ones, whatever the lying and the dead do, and make a quorum', async () => {
    const [honest, second] = [await anHonest('mot'), await anHonest('hai')];
    const liar = await standIn(
      'liar.example',
      ({ response, text, line }) => void response.end(line(text.replace('\n7\n', '\n8\n'), now())),
    );
    const dead = await anHonest('ba');
    await dead.real.kill();
    const witnesses = [dead.witness, liar.witness, honest.witness, second.witness];
    const answers = await ask(witnesses, { size: 7 });
    expect(answers.map(({ witness, outcome }) => [witness, outcome])).toEqual([
      ['ba', 'unreachable'],
      ['liar.example', 'false'],
      ['mot', 'cosigned'],
      ['hai', 'cosigned'],
    ]);
    const { text } = parseNote(Buffer.from(log.noteAt(7)));
    const quorum = (of: readonly Witness[]) =>
      quorumOf(
        { text, signatures: signaturesOf(answers) },
        of.map(({ key }) => key),
        2,
      );
    expect(quorum([honest.witness, second.witness, dead.witness]).since).not.toBeNull();
    expect(quorum([honest.witness, liar.witness, dead.witness]).since).toBeNull();
  });

  it('are told at once, while a slow witness still thinks', async () => {
    const { witness } = await anHonest('mot');
    const first = Promise.withResolvers<void>();
    // It answers only after the honest one's answer has arrived: waiting for it first would never end well.
    const slow = await standIn('slow.example', async ({ response, text, line }) => {
      await first.promise;
      response.end(line(text, now()));
    });
    const order: string[] = [];
    const answers = await ask([slow.witness, witness], {
      size: 7,
      timeoutMs: 30_000,
      onAnswer: (answer) => {
        order.push(answer.witness);
        first.resolve();
      },
    });
    expect(order).toEqual(['mot', 'slow.example']);
    expect(answers.map(({ outcome }) => outcome)).toEqual(['cosigned', 'cosigned']);
  });

  it('are not waited for longer than allowed, neither for the head nor for the end of an answer', async () => {
    const { witness } = await anHonest('mot');
    const mute = await standIn('mute.example', () => {});
    const dripping = await standIn('drip.example', ({ response }) => void response.write('— '));
    const endless = await standIn('endless.example', ({ response }) => void response.write('x'.repeat(20_000)));
    const answers = await ask([mute.witness, dripping.witness, endless.witness, witness], { size: 7, timeoutMs: 700 });
    expect(answers.map(({ outcome }) => outcome)).toEqual(['unreachable', 'unreachable', 'unreachable', 'cosigned']);
  });

  it('are asked for from the size that the witness holds, when ours is another', async () => {
    const { witness, real } = await anHonest('mot');
    expect((await ask([witness], { size: 5 }))[0]?.outcome).toBe('cosigned');
    // As after a restart of the server, and as after an acknowledgement that the witness has lost.
    expect((await ask([witness], { size: 9, acknowledged: 0 }))[0]?.outcome).toBe('cosigned');
    expect((await ask([witness], { size: 9, acknowledged: 7 }))[0]?.outcome).toBe('cosigned');
    expect((await ask([witness], { size: 12, acknowledged: 900 }))[0]?.outcome).toBe('cosigned');
    expect((await real.add(await log.requestFor(0, 12))).body).toBe('12\n');
  });

  it('are not given to a log that has lost entries: it hears how far ahead the witness is', async () => {
    const { witness } = await anHonest('mot');
    await ask([witness], { size: 9 });
    expect(await ask([witness], { size: 5, acknowledged: 9 })).toEqual([{ witness: 'mot', outcome: 'ahead', size: 9 }]);
    expect(await ask([witness], { size: 5 })).toEqual([{ witness: 'mot', outcome: 'ahead', size: 9 }]);
  });

  it('are not given to a fork', async () => {
    const { witness } = await anHonest('mot');
    await ask([witness], { size: 9 });
    const fork = log.face('forged', 3);
    const answers = await collectCosignatures({
      note: fork.noteAt(12),
      witnesses: [witness],
      acknowledged: () => 9,
      proofFrom: (oldSize) => fork.proofFrom(oldSize, 12),
      fetch,
      timeoutMs: 5000,
      now,
    });
    expect(answers).toEqual([{ witness: 'mot', outcome: 'refused', status: 422 }]);
  });

  it('are not taken when they are anything else than this checkpoint, now, by this key', async () => {
    const other = await aStandIn('other.example', () => {});
    cleanUps.push(() => other.close());
    const lies: ((hands: Hands) => string)[] = [
      () => '',
      () => 'OK\n',
      ({ text, line }) => line(text, now()).slice(0, -1),
      ({ text, line }) => line(text, now()).replace('liar', 'lier'),
      ({ text, line }) => line(text, now() - 3600),
      ({ text, line }) => line(text, now() + 3600),
      ({ text, line }) => line(text, now()) + '\nmore\n',
      ({ text, line }) => line(text, now()).repeat(65),
    ];
    for (const lie of lies) {
      const liar = await standIn('liar.example', (hands) => void hands.response.end(lie(hands)));
      expect((await ask([liar.witness], { size: 7 }))[0]?.outcome).toBe('false');
    }
    // The right line, by a key that is not the one we were told.
    const stranger = await standIn('liar.example', ({ response, text, line }) => void response.end(line(text, now())));
    expect((await ask([stranger.witness], { size: 7 }))[0]?.outcome).toBe('cosigned');
    const expected = { ...stranger.witness, key: { ...other.witness.key, name: 'liar.example' } };
    expect((await ask([expected], { size: 7 }))[0]?.outcome).toBe('false');
  });

  it('are taken beside lines of keys that we do not know', async () => {
    const mixed = await standIn('mixed.example', ({ response, text, line }) => {
      response.end(line(text, now()).replace('mixed', 'other') + line(text, now()));
    });
    expect((await ask([mixed.witness], { size: 7 }))[0]?.outcome).toBe('cosigned');
  });

  it('are not asked for over and over: a 409 that never ends is a refusal', async () => {
    const size = (told: string, type = 'text/x.tlog.size') =>
      standIn('liar.example', ({ response }) => void response.writeHead(409, { 'content-type': type }).end(told));
    const wandering = await standIn('liar.example', ({ response, body }) => {
      const told = body.startsWith('old 3') ? '4\n' : '3\n';
      response.writeHead(409, { 'content-type': 'text/x.tlog.size' }).end(told);
    });
    expect(await ask([wandering.witness], { size: 7 })).toMatchObject([{ outcome: 'refused', status: 409 }]);
    expect(wandering.requests.map((body) => body.split('\n')[0])).toEqual(['old 0', 'old 3', 'old 4']);
    for (const liar of [await size('03\n'), await size('3'), await size('-1\n'), await size('3\n', 'text/plain')]) {
      expect(await ask([liar.witness], { size: 7 })).toMatchObject([{ outcome: 'refused', status: 409 }]);
      expect(liar.requests).toHaveLength(1);
    }
  });

  it('are not asked for where a witness sends us on to', async () => {
    const elsewhere = await standIn('mot.example', ({ response, text, line }) => void response.end(line(text, now())));
    const sending = await standIn('hai.example', ({ response }) => {
      response.writeHead(307, { location: `${elsewhere.witness.url}/add-checkpoint` }).end();
    });
    expect((await ask([sending.witness], { size: 7 }))[0]?.outcome).toBe('unreachable');
    expect(elsewhere.requests).toEqual([]);
  });

  it('share the proof when witnesses stand at the same size', async () => {
    const asked: number[] = [];
    const [first, second] = [await anHonest('mot'), await anHonest('hai')];
    await ask([first.witness, second.witness], { size: 5 });
    const answers = await collectCosignatures({
      note: log.noteAt(9),
      witnesses: [first.witness, second.witness],
      acknowledged: () => 5,
      proofFrom: (oldSize) => {
        asked.push(oldSize);
        return log.proofFrom(oldSize, 9);
      },
      fetch,
      timeoutMs: 5000,
      now,
    });
    expect(answers.map(({ outcome }) => outcome)).toEqual(['cosigned', 'cosigned']);
    expect(asked).toEqual([5]);
  });
});

describe('witnesses.json', () => {
  it('lists witnesses by name, address and key, and refuses a list that cannot be meant', async () => {
    const [first, second] = [await standIn('mot.example', () => {}), await standIn('hai.example', () => {})];
    const entry = ({ witness }: StandIn, more = {}) => ({
      name: witness.name,
      url: `${witness.url}/`,
      vkey: formatVkey(witness.key),
      ...more,
    });
    expect(parseWitnesses(JSON.stringify([entry(first), entry(second)]))).toEqual([first.witness, second.witness]);
    expect(parseWitnesses('[]')).toEqual([]);
    const wrong = [
      [entry(first), entry(first, { name: 'other' })],
      [entry(first), entry(second, { name: first.witness.name })],
      [entry(first, { vkey: log.vkey })],
      [entry(first, { vkey: `${formatVkey(first.witness.key)}A` })],
      [entry(first, { url: 'file:///etc/passwd' })],
      [entry(first, { more: 1 })],
      [{ name: 'mot' }],
      {},
    ];
    for (const list of wrong) expect(() => parseWitnesses(JSON.stringify(list))).toThrow();
    expect(() => parseWitnesses('[')).toThrow(SyntaxError);
  });
});
