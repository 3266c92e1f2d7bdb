import type { Translated } from '../translated.ts';
import type { words as vi } from '../vi/seal.ts';

export const words: Translated<typeof vi> = {
  title: 'Is the log whole?',
  whole: 'The log is whole over the last 31 days.',
  wholeWhy: 'Every sealed line agrees with the seal.',
  broken_one: 'The log is broken on {{count}} day. Tell the operating unit and the witnesses at once.',
  broken_other: 'The log is broken on {{count}} days. Tell the operating unit and the witnesses at once.',
  none: 'The log is not sealed yet.',
  noneWhy:
    'This server does not run the sealing, so nobody can prove yet that the log was not changed. Tell the operating unit.',
  caption: 'Each block is a day, the oldest first, from {{from}} to {{to}}.',
  day: { sealed: 'whole', waiting: 'waiting for the seal', empty: 'no deeds', broken: 'broken' },
  brokenDay_one: '{{day}}: {{count}} line is changed, gone or does not agree with the seal.',
  brokenDay_other: '{{day}}: {{count}} lines are changed, gone or do not agree with the seal.',
  latest: 'Last sealed: {{at}}, {{size}} lines.',
  delay_one: 'The oldest unsealed line has waited for {{count}} second.',
  delay_other: 'The oldest unsealed line has waited for {{count}} seconds.',
  witnesses: {
    none: 'There are no witnesses yet: only this system signs the seal.',
    met_one: 'Enough witnesses: at least {{count}} agency has confirmed, last {{ago}} ({{at}}).',
    met_other: 'Enough witnesses: at least {{count}} agencies have confirmed, last {{ago}} ({{at}}).',
    unmet_one: 'Not enough witnesses: {{count}} agency must confirm.',
    unmet_other: 'Not enough witnesses: {{count}} agencies must confirm.',
    one: '{{name}}: last confirmed {{at}}',
    never: '{{name}}: never confirmed',
  },
  table: 'See the figures as a table',
  tableCaption: 'Lines of each day',
  columns: { day: 'Day', sealed: 'Sealed / lines', state: 'State' },
  brokenLines_one: '{{count}} line is broken',
  brokenLines_other: '{{count}} lines are broken',
  checkedAt: 'checked at {{at}}',
  checked: 'Every day was checked at or after {{at}}: days that are over once a day, today at each look.',
  checkAgain: 'Check all of them now',
  verifyLink: 'Verify it yourself',
  verify: {
    title: 'Verify',
    why: 'You need not trust this system: with the three things below anybody can check whether the log was changed, on another computer and without a network.',
    first: '1. Keep the seal',
    firstHow:
      'Download this file, note the day and keep it where only the auditing agency has it. Next time the log must contain unchanged what is sealed today.',
    checkpoint: 'Download today’s seal',
    checkpointBusy: 'Downloading…',
    checkpointDone: 'The seal has been downloaded.',
    second: '2. Keep the log’s verification key',
    secondHow:
      'Copy this line once and compare it at each check. A key that changes without an announcement is a sign of trouble.',
    noKey: 'There is no key yet: the log is not sealed.',
    witnesses_one:
      'The log has {{all}} outside witness who cosigns it; {{count}} signature is needed. Keep its key too, and ask the witness itself whether it is right.',
    witnesses_other:
      'The log has {{all}} outside witnesses who cosign it; at least {{count}} signatures are needed. Keep their keys too, and ask the witnesses themselves whether they are right.',
    witness: 'Key of the witness {{name}}',
    third: '3. Run the verifier',
    gaps: { folder: 'FOLDER', key: 'KEY', known: 'OLD-SEAL' },
    thirdHow:
      'Ask the operating unit for an export of the log (a folder). On another computer that has this program, open a terminal and type, with the folder’s name in place of {{folder}} and the seal that you kept in place of {{known}}:',
    result:
      'The program reads every line. If all agrees it says so; if not, it names the number of the first line that was changed or is missing.',
    single: 'To prove a single line: open the log, choose “Details” of the line, then “Download the proof”.',
    log: 'Name of the log',
    key: 'Verification key of the log',
    command: 'Command',
  },
};
