import type { Translated } from '../translated.ts';
import type { words as vi } from '../vi/safety.ts';

export const words: Translated<typeof vi> = {
  title: 'Help and safety',
  exit: {
    title: 'The “Quick exit” button',
    what: 'Press “Quick exit” at the top right: the content disappears at once, your session ends and an ordinary page appears.',
    shift:
      'On a physical keyboard, pressing Shift three times within 5 seconds (the same Shift key, no other key) does the same.',
    offline:
      'Without a network only an empty page remains; the session ends by itself on the server after the set time.',
  },
  history: {
    title: 'What the program cannot do',
    notErased: 'Quick exit does not erase the browser’s history. Others may still see that this address was opened.',
    clear: 'To erase it, open the browser’s history and delete this entry, or use a private window from the start.',
    watched:
      'If somebody else may be watching this phone or computer, or may have put spying software on it, use another device.',
  },
  lock: {
    title: 'Screen lock',
    idle: 'The screen locks by itself when nothing is pressed or when the page is hidden for more than 1 minute. You can press “Lock” at any time.',
    kept: 'What you were typing is kept in memory and comes back when you unlock. It is erased when you exit or sign out.',
  },
  shared: {
    title: 'Shared computers',
    close:
      'Sign out and close the browser when you have finished. Do not let the browser remember passwords on a shared computer.',
    paper: 'The program does not print case content. Take no screenshots and copy no names or addresses.',
  },
  urgent: {
    title: 'When there is immediate danger',
    call: 'Call at once; do not wait for the program. These numbers are at the foot of every page, except the last one.',
    police: 'Police',
    ambulance: 'Ambulance',
    helpline: 'Child protection and anti-trafficking line',
    women: 'Peace House of the Viet Nam Women’s Union',
  },
};
