import * as access from './vi/access.ts';
import * as shell from './vi/shell.ts';
import * as ui from './vi/ui.ts';

/**
 * The rooms' words in Vietnamese, the source. The first three are in the first load; every other room is loaded with
 * the screen that speaks it. A new room is one line here and one in `en.ts`.
 */
export const vi = {
  access: () => Promise.resolve(access),
  shell: () => Promise.resolve(shell),
  ui: () => Promise.resolve(ui),
  home: () => import('./vi/home.ts'),
  notFound: () => import('./vi/not-found.ts'),
  safety: () => import('./vi/safety.ts'),
  myWork: () => import('./vi/my-work.ts'),
  caseFile: () => import('./vi/case-file.ts'),
  consent: () => import('./vi/consent.ts'),
  register: () => import('./vi/register.ts'),
  envelope: () => import('./vi/envelope.ts'),
  refer: () => import('./vi/refer.ts'),
  find: () => import('./vi/find.ts'),
  inbox: () => import('./vi/inbox.ts'),
  referral: () => import('./vi/referral.ts'),
  slip: () => import('./vi/slip.ts'),
  openings: () => import('./vi/openings.ts'),
  safeguards: () => import('./vi/safeguards.ts'),
  audit: () => import('./vi/audit.ts'),
  review: () => import('./vi/review.ts'),
  seal: () => import('./vi/seal.ts'),
  explain: () => import('./vi/explain.ts'),
  auditNames: () => import('./vi/audit-names.ts'),
};

export const firstWords = { access: access.words, shell: shell.words, ui: ui.words };

export type Room = keyof typeof vi;
export type Words = { [Name in Room]: Awaited<ReturnType<(typeof vi)[Name]>>['words'] };
