import type { Translated } from '../translated.ts';
import type { words as vi } from '../vi/inbox.ts';

export const words: Translated<typeof vi> = {
  title: 'Inbox',
  boxes: 'Inbox and sent',
  inbox: 'Inbox',
  outbox: 'Sent',
  recorded: 'Opening a referral is recorded',
  recordedWhy:
    'This list holds nothing about the people in the cases. Who opens which referral, and when, goes into the log.',
  group: {
    waiting: 'New, waiting for an answer',
    running: 'Being served',
    drafts: 'Drafts, not sent',
    done: 'Finished',
  },
  empty: { inbox: 'The inbox is empty.', outbox: 'Nothing has been sent.' },
  emptyWhy: {
    inbox: 'New referrals from other agencies appear here.',
    outbox: 'Referrals sent from your agency’s cases appear here.',
  },
  open: 'Open the referral: {{need}}',
  continueDraft: 'Go on with the draft to {{agency}}',
  from: 'From: {{agency}}',
  to: 'To: {{agency}}',
  area: 'Area: {{area}}',
  urgency: 'Urgency: {{urgency}}',
  sent: 'Sent {{ago}}',
  answer: 'Answer:',
  mine: 'Mine',
  child: 'Child',
  draftNeed: 'Draft',
  notYours: 'The duty desk opens and assigns this referral.',
  gone: {
    withdrawn: 'The survivor has withdrawn the consent. The content can no longer be seen.',
    recalled: 'The sender has recalled the referral. The content can no longer be seen.',
    other: 'The content can no longer be seen.',
  },
  goneTitle: 'Referral from {{agency}}',
  more: 'Show more',
  moreBusy: 'Loading more…',
  shown_one: '{{count}} latest referral is shown; there are older ones.',
  shown_other: 'The {{count}} latest referrals are shown; there are older ones.',
  refresh: 'Reload',
};
