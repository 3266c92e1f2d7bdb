import { emptyQueries } from '../api/query.ts';
import type { Keeper } from '../session/keeper.types.ts';

export const exitPath = '/exit';

type Leave = { keeper: Keeper; offlineWords: string; tellTabs: boolean };

/**
 * The quick exit. The order is the point: first nothing is left to see, in the same frame as the press; then the
 * server ends the session and leads to a dull page; then memory is emptied. Without a network the empty page stays.
 */
export function leave({ keeper, offlineWords, tellTabs }: Leave): void {
  blank();
  if (navigator.onLine) location.replace(exitPath);
  else waitOnPlainPage(offlineWords);
  if (tellTabs) keeper.tabs.tell({ kind: 'exit' });
  keeper.kept.wipe();
  keeper.session.set({ kind: 'left' });
  emptyQueries(keeper.queries);
}

/** The browser may bring this page back as it was left, from its cache: then it starts anew, at the sign-in. */
export function watchReturn(keeper: Keeper, onReturn: () => void): () => void {
  function returned(event: PageTransitionEvent): void {
    if (!event.persisted) return;
    if (keeper.session.get().kind === 'left') location.replace('/');
    else onReturn();
  }
  globalThis.addEventListener('pageshow', returned);
  return () => globalThis.removeEventListener('pageshow', returned);
}

function blank(): void {
  const sheet = document.createElement('div');
  sheet.id = 'left';
  document.body.replaceChildren(sheet);
  document.title = 'Trang trống';
  // Without a network the address bar and a reload would still name the screen that was open.
  history.replaceState(null, '', '/');
}

function waitOnPlainPage(words: string): void {
  const line = document.createElement('p');
  line.textContent = words;
  document.getElementById('left')?.append(line);
  globalThis.addEventListener('online', () => location.replace(exitPath), { once: true });
}
