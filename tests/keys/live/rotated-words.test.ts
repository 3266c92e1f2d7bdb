import { expect, it } from 'vitest';
import type { AuditLine } from '../../../server/audit/audit.contract.ts';
import type { ExplanationView, FindingView } from '../../../server/audit/findings.contract.ts';
import type { BreakGlassView } from '../../../server/safeguards/safeguards.contract.ts';
import { rotate } from './rotating.ts';
import { aCaseWorker, aColleague, auditor, supervisor } from '../../support/actors.ts';
import { startApp } from '../../support/app.ts';
import { canary } from '../../support/canary.ts';
import { done, registerCase } from '../../support/seed.ts';

const LONG_MS = 120_000;

const app = await startApp();
const worker = await aCaseWorker(app);
const colleague = await aColleague(app);
const boss = await supervisor(app);
const reviewer = await auditor(app);

it(
  'words of findings, explanations and emergency accesses open after keys were rotated, and lie under no old key',
  { timeout: LONG_MS },
  async () => {
    const { id: caseId } = await registerCase(app, worker);
    const reason = { reasonCode: 'LIFE_DANGER', reasonText: canary('có tiếng kêu cứu '), password: colleague.password };
    const use = done<BreakGlassView>(await colleague.post(`/api/cases/${caseId}/break-glass`, reason), 201);
    const reviewed = { verdict: 'justified', note: canary('đã gọi lại ') };
    done(await boss.post(`/api/break-glass/${use.id}/review`, reviewed));
    const [deed] = done<{ items: AuditLine[] }>(await reviewer.get(`/api/audit/events?actor=${worker.staffId}`)).items;
    const body = { actorId: worker.staffId, eventIds: [deed?.id], note: canary('ghi nhận ') };
    const { id } = done<FindingView>(await reviewer.post('/api/audit/findings', body), 201);
    const path = `/api/audit/findings/${id}`;
    done(await reviewer.post(`${path}/explanation-request`, { question: canary('vì sao ') }));
    const [question] = done<{ items: ExplanationView[] }>(await worker.get('/api/explanations')).items;
    done(await worker.post(`/api/explanations/${question?.id ?? ''}/answer`, { answer: canary('vì lịch hẹn ') }));
    done(await reviewer.post(`${path}/closure`, { outcome: 'EXPLAINED' }));

    const words = async () => [
      done<FindingView>(await reviewer.get(path)),
      done<{ items: ExplanationView[] }>(await worker.get('/api/explanations')).items,
      done<{ items: BreakGlassView[] }>(await boss.get('/api/break-glass?box=told')).items,
    ];
    const before = await words();
    const report = await rotate(app, null);
    expect(report).toMatchObject({ broken: [], unfinished: [] });
    expect(await words()).toEqual(before);
    const [left] = await app.database.ask<{ versions: number[] }>(`select array_agg(distinct v) as versions from (
      select note_key_version v from hien.finding union all select reason_key_version from hien.break_glass
      union all select note_key_version from hien.break_glass union all select asker_question_key_version from hien.explanation
      union all select staff_question_key_version from hien.explanation union all select asker_answer_key_version from hien.explanation
      union all select staff_answer_key_version from hien.explanation) t`);
    expect(left?.versions).toEqual([2]);
  },
);
