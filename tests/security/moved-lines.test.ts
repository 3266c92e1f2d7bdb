import { afterAll, expect, it } from 'vitest';
import type { AuditLine } from '../../server/audit/audit.contract.ts';
import type { ExplanationView, FindingView } from '../../server/audit/findings.contract.ts';
import { auditor } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { canary } from '../support/canary.ts';
import type { Reply } from '../support/http.ts';
import { done } from '../support/seed.ts';
import { aTamperer, literal } from '../support/tampering.ts';
import { tellStory } from '../support/told-story.ts';

const app = await startApp();
const story = await tellStory(app);
const { colleague } = story.people;
for (const { id } of story.cases.slice(0, 2)) {
  const words = { reasonCode: 'LIFE_DANGER', reasonText: canary('Đe doạ tính mạng '), password: colleague.password };
  done(await colleague.post(`/api/cases/${id}/break-glass`, words), 201);
}
const reviewer = await auditor(app);
const { worker } = story.people;
const findingIds = [await anExplainedFinding(), await anExplainedFinding()];
const tamperer = await aTamperer(app, ['referral', 'registration_draft', 'break_glass', 'finding', 'explanation']);
afterAll(() => tamperer.close());

type Row = Record<string, unknown> & { id: string };
const rowsOf = (table: string): Promise<Row[]> => app.database.ask<Row>(`select * from hien.${table} order by 1`);
const referrals = (await rowsOf('referral')).filter((row) => row['sender_notice'] !== null);
const drafts = await rowsOf('registration_draft');
const agencies = Object.values(story.people).map((person) => person.agencyId);

async function outcome(sql: string, open: () => Promise<Reply<unknown>>): Promise<string> {
  await tamperer.change(sql);
  const reply = await open();
  await tamperer.undo();
  return reply.status === 200 ? 'OPENED' : reply.problem.code;
}

const REFUSED = 'SEAL_BROKEN';

it('a notice opens in its own row, for its own side and under its own key version only', async () => {
  for (const row of referrals) {
    const referral = story.referrals.find((each) => each.id === row.id);
    const from = referrals.find(
      (each) => each.id !== row.id && each['recipient_agency_id'] === row['recipient_agency_id'],
    );
    const tries = [
      ['sender', `sender_notice = recipient_notice`],
      ['recipient', `recipient_notice = sender_notice`],
      ['sender', 'sender_key_version = 2'],
      ['recipient', 'recipient_key_version = 2'],
      ['sender', `sender_notice = set_byte(sender_notice, 30, get_byte(sender_notice, 30) # 1)`],
      ...(from === undefined ? [] : [['sender', `sender_notice = ${literal(from['sender_notice'])}`]]),
      ...(from === undefined ? [] : [['recipient', `recipient_notice = ${literal(from['recipient_notice'])}`]]),
    ];
    for (const [side, change] of tries) {
      const who = side === 'sender' ? referral?.sender : referral?.desk;
      const sql = `update hien.referral set ${change} where id = '${row.id}'`;
      expect(await outcome(sql, () => who?.get(`/api/referrals/${row.id}`) as Promise<Reply<unknown>>), change).toBe(
        REFUSED,
      );
    }
  }
});

it('a draft opens for its author, as the version that it is', async () => {
  for (const to of drafts) {
    const from = drafts.find((each) => each !== to) as Row;
    const mine = (): Promise<Reply<unknown>> => authorOf(to).get(`/api/drafts/${to.id}`);
    for (const change of [
      `sealed = ${literal(from['sealed'])}`,
      'version = 1',
      'key_version = 2',
      `agency_id = '${agencies.find((id) => id !== to['agency_id'])}'`,
    ])
      expect(await outcome(`update hien.registration_draft set ${change} where id = '${to.id}'`, mine), change).toBe(
        REFUSED,
      );
    const thief = Object.values(story.people).find(
      (person) => person.staffId !== to['staff_id'] && person.agencyId === to['agency_id'],
    );
    const stolen = `update hien.registration_draft set staff_id = '${thief?.staffId}' where id = '${to.id}'`;
    if (thief !== undefined) expect(await outcome(stolen, () => thief.get(`/api/drafts/${to.id}`))).toBe(REFUSED);
  }
});

function authorOf(draft: Row) {
  const found = story.drafts.find((each) => each.id === draft.id);
  if (found === undefined) throw new Error('a draft of nobody');
  return found.author;
}

it('the words of an emergency access open in their own row only', async () => {
  const mine = (): Promise<Reply<unknown>> => colleague.get('/api/break-glass?box=mine');
  expect((await mine()).status).toBe(200);
  const [to, from] = await rowsOf('break_glass');
  for (const change of [
    `sealed_reason = ${literal(from?.['sealed_reason'])}`,
    `case_id = ${literal(from?.['case_id'])}`,
    'reason_key_version = 2',
  ])
    expect(await outcome(`update hien.break_glass set ${change} where id = '${to?.id}'`, mine), change).toBe(REFUSED);
});

/** With words in every place: a note, a question, its answer. */
async function anExplainedFinding(): Promise<string> {
  const found = done<{ items: AuditLine[] }>(await reviewer.get(`/api/audit/events?actor=${worker.staffId}&limit=1`));
  const eventIds = found.items.map((line) => line.id);
  const words = { note: canary('ghi nhận '), question: canary('vì sao ') };
  const finding = { actorId: worker.staffId, eventIds, ...words };
  const { id } = done<FindingView>(await reviewer.post('/api/audit/findings', finding), 201);
  const asked = done<{ items: ExplanationView[] }>(await worker.get('/api/explanations')).items;
  const [open] = asked.filter((each) => each.answeredAt === null);
  done(await worker.post(`/api/explanations/${open?.id ?? ''}/answer`, { answer: canary('vì lịch hẹn ') }));
  return id;
}

it('the words of a finding, and both copies of what was asked and answered, open in their own place only', async () => {
  const [findings, explanations] = [await rowsOf('finding'), await rowsOf('explanation')];
  const [to, from] = findingIds.map((id) => findings.find((row) => row.id === id));
  const [its, other] = findingIds.map((id) => explanations.find((row) => row['finding_id'] === id));
  const auditors = (): Promise<Reply<unknown>> => reviewer.get(`/api/audit/findings/${to?.id}`);
  const asked = (): Promise<Reply<unknown>> => worker.get('/api/explanations');
  const copies = [
    ['asker', 'staff', auditors],
    ['staff', 'asker', asked],
  ] as const;
  const tries = [
    ['finding', `sealed_note = ${literal(from?.['sealed_note'])}`, auditors],
    ['finding', `sealed_note = ${literal(its?.['asker_question'])}`, auditors],
    ['finding', 'note_key_version = 2', auditors],
    ...copies.flatMap(([side, others, open]) =>
      (['question', 'answer'] as const).flatMap((part) => {
        const column = `${side}_${part}`;
        const values = [
          literal(other?.[column]),
          `${others}_${part}`,
          `${side}_${part === 'question' ? 'answer' : 'question'}`,
          literal(to?.['sealed_note']),
        ];
        const changes = [...values.map((value) => `${column} = ${value}`), `${column}_key_version = 2`];
        return changes.map((change) => ['explanation', change, open] as const);
      }),
    ),
  ] as const;
  for (const open of [auditors, asked]) expect((await open()).status).toBe(200);
  for (const [table, change, open] of tries) {
    const id = table === 'finding' ? to?.id : its?.id;
    expect(await outcome(`update hien.${table} set ${change} where id = '${id}'`, open), change).toBe(REFUSED);
  }
  expect(tries).toHaveLength(23);
});
