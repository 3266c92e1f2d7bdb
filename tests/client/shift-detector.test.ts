import { describe, expect, test } from 'vitest';
import {
  afterKey,
  isLeaving,
  isScreenKeyboardUp,
  noTaps,
  type KeyPress,
  type ShiftTaps,
} from '../../client/app/exit/shift-detector.ts';

type Press = Partial<KeyPress> & { atMs: number };

function press(change: Press): KeyPress {
  return { kind: 'down', key: 'Shift', code: 'ShiftLeft', isRepeat: false, hasOtherModifier: false, ...change };
}

function tap(atMs: number, change: Partial<KeyPress> = {}): KeyPress[] {
  return [press({ ...change, atMs }), press({ ...change, kind: 'up', atMs: atMs + 50 })];
}

function after(...presses: KeyPress[][]): ShiftTaps {
  return presses.flat().reduce(afterKey, noTaps);
}

describe('three taps of Shift', () => {
  test('leave when the same key is tapped three times within five seconds', () => {
    expect(isLeaving(after(tap(0), tap(1_000)))).toBe(false);
    expect(isLeaving(after(tap(0), tap(1_000), tap(4_900)))).toBe(true);
  });

  test('do not leave when they are too slow', () => {
    expect(isLeaving(after(tap(0), tap(3_000), tap(6_000)))).toBe(false);
    expect(isLeaving(after(tap(0), tap(3_000), tap(6_000), tap(7_000)))).toBe(true);
  });

  test('do not leave when left and right are mixed', () => {
    const right = { code: 'ShiftRight' };
    expect(isLeaving(after(tap(0), tap(500, right), tap(1_000)))).toBe(false);
    expect(isLeaving(after(tap(0), tap(500, right), tap(1_000, right), tap(1_500, right)))).toBe(true);
  });

  test('do not leave when a capital letter was typed', () => {
    const letter = [
      press({ key: 'N', code: 'KeyN', atMs: 1_010 }),
      press({ key: 'N', code: 'KeyN', kind: 'up', atMs: 1_020 }),
    ];
    const [down, up] = tap(1_000);
    const capital = [down, ...letter, up].filter((each) => each !== undefined);
    expect(isLeaving(after(tap(0), tap(500), capital))).toBe(false);
  });

  test('do not leave when Shift switches the input method together with Ctrl or Alt', () => {
    const held = { hasOtherModifier: true };
    expect(isLeaving(after(tap(0, held), tap(500, held), tap(1_000, held)))).toBe(false);
  });

  test('do not leave when Shift is held down', () => {
    const held = [0, 100, 200, 300].map((atMs) => press({ atMs, isRepeat: atMs > 0 }));
    expect(isLeaving(after(held, [press({ kind: 'up', atMs: 400 })], tap(500), tap(600)))).toBe(false);
  });

  test('do not leave when the keyboard does not tell which Shift it was', () => {
    expect(isLeaving(after(tap(0, { code: '' }), tap(500, { code: '' }), tap(900, { code: '' })))).toBe(false);
  });
});

describe('an on-screen keyboard', () => {
  test('is up when part of the page is hidden or when somebody types without a mouse', () => {
    expect(isScreenKeyboardUp({ isTyping: true, hasFinePointer: true, hiddenHeightPx: 0 })).toBe(false);
    expect(isScreenKeyboardUp({ isTyping: true, hasFinePointer: false, hiddenHeightPx: 0 })).toBe(true);
    expect(isScreenKeyboardUp({ isTyping: false, hasFinePointer: true, hiddenHeightPx: 280 })).toBe(true);
  });
});
