import type { Translated } from '../translated.ts';
import type { words as vi } from '../vi/explain.ts';

export const words: Translated<typeof vi> = {
  line_one: 'You are asked for {{count}} explanation',
  line_other: 'You are asked for {{count}} explanations',
  see: 'See and answer',
  title: 'Requests for explanation',
  why: 'An auditor asks about what you did in the system. Only you and the auditing agency see the question and the answer.',
  none: 'There are no requests for explanation.',
  waiting: 'Waiting for your answer',
  answered: 'Answered',
  from: 'Asked by',
  asked: 'Asked at',
  due: 'Answer due',
  question: 'Question',
  answer: 'Your answer',
  answeredAt: 'Answered at',
  noAnswer: 'Write the answer',
  once: 'It can be sent once only. Say what you remember; if you do not remember, say so.',
  submit: 'Send the answer',
  back: 'To the first page',
};
