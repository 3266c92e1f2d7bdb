import type { Translated } from '../translated.ts';
import type { words as vi } from '../vi/not-found.ts';

export const words: Translated<typeof vi> = {
  title: 'Page not found',
  body: 'This address does not exist, or you may not see it. If you think this is a mistake, ask your supervisor.',
  home: 'To the front page',
};
