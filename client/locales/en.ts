import type { Translated } from './translated.ts';
import type { Room, Words } from './vi.ts';

type Dictionaries = { [Name in Room]: () => Promise<{ words: Translated<Words[Name]> }> };

/** The rooms' words in English, loaded when somebody asks for them; complete, or it does not compile. */
export const en: Dictionaries = {
  access: () => import('./en/access.ts'),
  shell: () => import('./en/shell.ts'),
  ui: () => import('./en/ui.ts'),
  home: () => import('./en/home.ts'),
  notFound: () => import('./en/not-found.ts'),
  safety: () => import('./en/safety.ts'),
  myWork: () => import('./en/my-work.ts'),
  caseFile: () => import('./en/case-file.ts'),
  consent: () => import('./en/consent.ts'),
  register: () => import('./en/register.ts'),
  envelope: () => import('./en/envelope.ts'),
  refer: () => import('./en/refer.ts'),
  find: () => import('./en/find.ts'),
  inbox: () => import('./en/inbox.ts'),
  referral: () => import('./en/referral.ts'),
  slip: () => import('./en/slip.ts'),
  openings: () => import('./en/openings.ts'),
  safeguards: () => import('./en/safeguards.ts'),
  audit: () => import('./en/audit.ts'),
  review: () => import('./en/review.ts'),
  seal: () => import('./en/seal.ts'),
  explain: () => import('./en/explain.ts'),
  auditNames: () => import('./en/audit-names.ts'),
};
