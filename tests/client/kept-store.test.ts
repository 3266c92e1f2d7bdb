import { describe, expect, test } from 'vitest';
import { networkProblem, problemFrom } from '../../client/app/api/problem.ts';
import { currentIntention, settleIntention } from '../../client/app/intention.ts';
import { createKeptStore } from '../../client/app/kept/kept-store.ts';

describe('what people are typing', () => {
  test('is gone while the screen is locked and comes back after it', async () => {
    const kept = createKeptStore();
    kept.put('note:1', { text: 'Đã gọi lúc 9 giờ' });
    const sealing = kept.seal();
    expect(kept.get('note:1')).toBeUndefined();
    await sealing;
    await kept.open();
    expect(kept.get('note:1')).toEqual({ text: 'Đã gọi lúc 9 giờ' });
  });

  test('survives an unlocking that overtakes the sealing, and a second lock', async () => {
    const kept = createKeptStore();
    kept.put('a', 1);
    const sealing = kept.seal();
    await kept.open();
    await sealing;
    kept.put('b', 2);
    await kept.seal();
    await kept.seal();
    await kept.open();
    expect([kept.get('a'), kept.get('b')]).toEqual([1, 2]);
  });

  test('does not survive exit or sign-out, not even out of a sealing under way', async () => {
    const kept = createKeptStore();
    kept.put('a', 1);
    const sealing = kept.seal();
    const opening = kept.open();
    kept.wipe();
    await Promise.all([sealing, opening]);
    await kept.open();
    expect(kept.get('a')).toBeUndefined();
  });
});

describe('an intention', () => {
  test('keeps its key after a broken line and after a server fault', () => {
    const kept = createKeptStore();
    const key = currentIntention(kept, 'register');
    for (const problem of [networkProblem(), problemFrom(503, {}, null), problemFrom(423, {}, null)]) {
      settleIntention(kept, 'register', problem);
      expect(currentIntention(kept, 'register')).toBe(key);
    }
  });

  test('gets a new key after success and after a refusal', () => {
    const kept = createKeptStore();
    const first = currentIntention(kept, 'register');
    settleIntention(kept, 'register', problemFrom(422, {}, null));
    const second = currentIntention(kept, 'register');
    settleIntention(kept, 'register', undefined);
    expect(new Set([first, second, currentIntention(kept, 'register')]).size).toBe(3);
  });

  test('keeps its key when the server says that it was done before, with other content', () => {
    const kept = createKeptStore();
    const key = currentIntention(kept, 'register');
    settleIntention(kept, 'register', problemFrom(422, { code: 'IDEMPOTENCY_KEY_REUSED' }, null));
    expect(currentIntention(kept, 'register')).toBe(key);
  });

  test('has its key sealed with the form it belongs to', async () => {
    const kept = createKeptStore();
    const key = currentIntention(kept, 'register');
    await kept.seal();
    await kept.open();
    expect(currentIntention(kept, 'register')).toBe(key);
  });
});
