import type { Translated } from '../translated.ts';
import type { words as vi } from '../vi/refer.ts';

export const words: Translated<typeof vi> = {
  title: 'refer',
};
