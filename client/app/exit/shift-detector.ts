/** What the detector needs of a keyboard event; `code` tells the left key from the right one. */
export type KeyPress = {
  kind: 'down' | 'up';
  key: string;
  code: string;
  isRepeat: boolean;
  /** Whether Ctrl, Alt or Meta is held: Ctrl+Shift and Alt+Shift switch the Vietnamese input method. */
  hasOtherModifier: boolean;
  atMs: number;
};

/** `pressed` is the Shift key now down with nothing else; `taps` are the ends of its finished taps. */
export type ShiftTaps = { side: string; pressed: boolean; tapsAtMs: readonly number[] };

export const noTaps: ShiftTaps = { side: '', pressed: false, tapsAtMs: [] };

const windowMs = 5_000;
const tapsToLeave = 3;

/**
 * Counts taps of one and the same Shift key with nothing between them. A Shift that makes a capital letter, that is
 * held, that belongs to another shortcut, or whose side is not told (touch keyboards) does not count.
 */
export function afterKey(taps: ShiftTaps, press: KeyPress): ShiftTaps {
  const isShift = press.key === 'Shift' && (press.code === 'ShiftLeft' || press.code === 'ShiftRight');
  if (!isShift || press.hasOtherModifier) return noTaps;
  if (press.kind === 'down') return shiftDown(taps, press);
  if (!taps.pressed || taps.side !== press.code) return noTaps;
  const recent = taps.tapsAtMs.filter((atMs) => press.atMs - atMs <= windowMs);
  return { side: taps.side, pressed: false, tapsAtMs: [...recent, press.atMs] };
}

export function isLeaving(taps: ShiftTaps): boolean {
  return taps.tapsAtMs.length >= tapsToLeave;
}

function shiftDown(taps: ShiftTaps, press: KeyPress): ShiftTaps {
  if (press.isRepeat || taps.pressed) return noTaps;
  const tapsAtMs = taps.side === press.code ? taps.tapsAtMs : [];
  return { side: press.code, pressed: true, tapsAtMs };
}

/** What tells of an on-screen keyboard, whose Shift is not meant as a signal. */
export type ScreenKeys = { isTyping: boolean; hasFinePointer: boolean; hiddenHeightPx: number };

const keyboardHeightPx = 150;

export function isScreenKeyboardUp({ isTyping, hasFinePointer, hiddenHeightPx }: ScreenKeys): boolean {
  return hiddenHeightPx >= keyboardHeightPx || (isTyping && !hasFinePointer);
}
