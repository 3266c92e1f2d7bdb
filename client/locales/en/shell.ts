import type { Translated } from '../translated.ts';
import type { words as vi } from '../vi/shell.ts';

export const words: Translated<typeof vi> = {
  product: 'Work notebook',
  skip: 'Skip to main content',
  exit: 'Quick exit',
  lockNow: 'Lock',
  lockRest: 'the screen',
  signOut: 'Sign out',
  demonstration: 'This is demonstration data: no real people.',
  demonstrationLabel: 'Notice about the data',
  navigation: 'Sections',
  you: 'You and language',
  otherLanguage: 'Tiếng Việt',
  loading: 'Opening…',
  nav: {
    work: 'My work',
    register: 'Register',
    find: 'Look up',
    inbox: 'Inbox',
    overview: 'Overview',
    log: 'Log',
    checks: 'Findings',
    seal: 'Verify',
  },
  footer: {
    label: 'Help and hotlines',
    help: 'Help and safety',
    hotlines: 'Hotlines',
    police: 'Police',
    ambulance: 'Ambulance',
    helpline: 'Helpline',
  },
  offlinePage: 'No network connection.',
  idle: {
    label: 'Notice of the screen lock',
    soon: 'The screen locks in about 1 minute because nothing was pressed.',
    verySoon: 'The screen locks in about 20 seconds.',
    anyKey: 'Touch the screen or press any key to go on. What you have typed is kept.',
    stay: 'Continue',
  },
  unreachable: 'The server cannot be reached.',
  fault: {
    title: 'This page could not be opened',
    body: 'The network may have been interrupted, or the program has just been updated. Reload the page; if that does not help, tell your agency’s administrator.',
    reload: 'Reload the page',
  },
};
