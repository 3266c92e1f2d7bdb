import type { Translated } from '../translated.ts';
import type { words as vi } from '../vi/home.ts';

export const words: Translated<typeof vi> = {
  title: 'Front page',
  nothing: 'There is no section for your role yet.',
  whom: 'If you need to work here, ask your agency’s administrator.',
};
