import type { Translated } from '../translated.ts';
import type { words as vi } from '../vi/access.ts';

export const words: Translated<typeof vi> = {
  signIn: {
    title: 'Sign in',
    username: 'User name',
    password: 'Password',
    submit: 'Sign in',
    noUsername: 'Enter your user name',
    noPassword: 'Enter your password',
    failed: 'User name or password is not right',
    failedAdvice: 'If you have forgotten your password, ask your agency’s administrator.',
    ended: 'Your session has ended. Please sign in again.',
    signedOut: 'You have signed out.',
  },
  slowDown_one: 'Too many attempts. Wait {{count}} second, then try again.',
  slowDown_other: 'Too many attempts. Wait {{count}} seconds, then try again.',
  lock: {
    title: 'The screen is locked',
    why: 'The content has been put away. What you were typing comes back when you unlock.',
    whose: 'Session of {{name}}.',
    password: 'Your password',
    submit: 'Unlock',
    failed: 'Password is not right',
    offline:
      'There is no network, so it cannot be unlocked yet. Your content is kept; try again when the network is back.',
    limit_one: 'If it is not unlocked within {{count}} minute, the session ends and what you were typing is erased.',
    limit_other: 'If it is not unlocked within {{count}} minutes, the session ends and what you were typing is erased.',
  },
  busy: 'Checking…',
};
