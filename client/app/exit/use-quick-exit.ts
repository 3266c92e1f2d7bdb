import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Keeper } from '../session/keeper.types.ts';
import { useKeeper } from '../session/use-session.ts';
import { leave } from './leave.ts';
import { afterKey, isLeaving, isScreenKeyboardUp, noTaps, type KeyPress } from './shift-detector.ts';

/** Gives the function that leaves at once, in all tabs. */
export function useLeave(): () => void {
  const keeper = useKeeper();
  const { t } = useTranslation('shell');
  return () => leave({ keeper, offlineWords: t('offlinePage'), tellTabs: true });
}

/** Leaves on three taps of Shift, and when another tab leaves. Used once, at the top of the application. */
export function useQuickExit(): void {
  const keeper = useKeeper();
  const { t } = useTranslation('shell');
  const offlineWords = t('offlinePage');
  useEffect(() => watchShift(() => leave({ keeper, offlineWords, tellTabs: true })), [keeper, offlineWords]);
  useEffect(() => watchOtherTabs(keeper, offlineWords), [keeper, offlineWords]);
}

function watchOtherTabs(keeper: Keeper, offlineWords: string): () => void {
  return keeper.tabs.listen((message) => {
    if (message.kind === 'exit') leave({ keeper, offlineWords, tellTabs: false });
  });
}

function watchShift(onLeave: () => void): () => void {
  const stop = new AbortController();
  const options = { capture: true, signal: stop.signal };
  let taps = noTaps;
  function note(kind: KeyPress['kind'], event: KeyboardEvent): void {
    taps = event.isTrusted && !screenKeyboardIsUp() ? afterKey(taps, pressOf(kind, event)) : noTaps;
    if (!isLeaving(taps)) return;
    taps = noTaps;
    onLeave();
  }
  function forget(): void {
    taps = noTaps;
  }
  globalThis.addEventListener('keydown', (event) => note('down', event), options);
  globalThis.addEventListener('keyup', (event) => note('up', event), options);
  globalThis.addEventListener('pointerdown', forget, options);
  globalThis.addEventListener('blur', forget, options);
  return () => stop.abort();
}

function pressOf(kind: KeyPress['kind'], event: KeyboardEvent): KeyPress {
  return {
    kind,
    key: event.key,
    code: event.code,
    isRepeat: event.repeat,
    hasOtherModifier: event.ctrlKey || event.altKey || event.metaKey,
    atMs: event.timeStamp,
  };
}

function screenKeyboardIsUp(): boolean {
  const view = globalThis.visualViewport;
  // Zooming in makes the visible part smaller as well; only at the normal scale is the missing part a keyboard.
  const hiddenHeightPx = view && view.scale < 1.05 ? globalThis.innerHeight - view.height : 0;
  const active = document.activeElement;
  return isScreenKeyboardUp({
    isTyping: active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement,
    hasFinePointer: matchMedia('(any-pointer: fine)').matches,
    hiddenHeightPx,
  });
}
