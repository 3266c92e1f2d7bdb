import type { Translated } from '../translated.ts';
import type { words as vi } from '../vi/find.ts';

export const words: Translated<typeof vi> = {
  title: 'Look up a case',
  recorded: 'Every look-up is recorded.',
  recordedWhy: 'Look only for the very person or case, within what you may see.',
  by: 'Look up by',
  criterion: {
    code: 'Case code',
    person: 'Full name and year of birth',
    phone: 'Telephone number',
    identityNumber: 'Identity number',
  },
  code: 'Case code',
  codeHint: 'For example K7MQ-2RXA',
  fullName: 'Full name',
  fullNameHint: 'The whole name, with or without marks.',
  birthYear: 'Year of birth',
  phone: 'Telephone number',
  identityNumber: 'Identity number',
  identityNumberHint: '9 or 12 digits',
  look: 'Look up',
  missing: {
    code: 'Enter the case code.',
    fullName: 'Enter the full name.',
    birthYear: 'Enter the year of birth, 4 digits.',
    phone: 'Enter the telephone number.',
    identityNumber: 'Enter the identity number.',
  },
  found_one: '{{count}} case found',
  found_other: '{{count}} cases found',
  nothing: 'Nothing found within what you may see.',
  nothingWhy: 'Check what you entered, or ask your supervisor.',
  step: {
    refer: 'Refer',
    send_draft: 'Send the draft referral',
    await_answer: 'Wait for the recipient’s answer',
    follow_up: 'Follow up, get in touch again',
    closed: 'Case closed',
  },
};
