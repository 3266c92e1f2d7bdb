import type { FindingView } from '../../server/audit/findings.contract.ts';
import { isAllSealed, until } from '../audit/sequencer/stage.ts';
import type { TestApp } from '../support/app.ts';
import { done } from '../support/seed.ts';
import type { Caller } from './http-stage.ts';

/** A deed in the log that auditors of this agency read, done by nobody of the callers. */
export type LoggedDeed = { id: string; actorId: string };

/** One of each agency, once everything before is in the signed tree. */
export async function deedsByAgency(
  { database }: TestApp,
  callers: readonly Caller[],
): Promise<ReadonlyMap<string, LoggedDeed>> {
  await until(() => isAllSealed(database));
  const rows = await database.ask<LoggedDeed & { agencyId: string }>(
    `select distinct on (agency_id) agency_id as "agencyId", id, actor_id as "actorId" from hien.audit_event
      where outcome = 'done' and agency_id is not null and actor_id <> all ($1::uuid[]) order by agency_id, recorded_at, id`,
    [callers.map(({ who }) => who.id)],
  );
  return new Map(rows.map(({ agencyId, ...deed }) => [agencyId, deed]));
}

/** The auditors of the draw: one of the first owner, two of the recipient. */
export const AUDITORS = { ofOwner: 4, second: 13, first: 14 } as const;

/**
 * Findings in every state, made through the API: about two people of the recipient, one auditor about the other, and one of
 * another agency. Those who are asked are callers, so that somebody can answer.
 */
export async function followUp(app: TestApp, callers: readonly Caller[]): Promise<void> {
  const [ofOwner, second, first] = [AUDITORS.ofOwner, AUDITORS.second, AUDITORS.first].map(
    (at) => callers[at] as Caller,
  ) as [Caller, Caller, Caller];
  const [worker, desk, ofOwnerToo] = [10, 11, 0].map((at) => callers[at] as Caller) as [Caller, Caller, Caller];
  await record(app, first, { about: worker });
  await record(app, first, { about: worker, isAsked: true });
  const answered = await record(app, first, { about: desk, isAsked: true });
  const [question] = answered.explanations;
  done(await desk.client.post(`/api/explanations/${question?.id}/answer`, { answer: 'Tôi trực thay đồng nghiệp.' }));
  const closed = await record(app, first, { about: desk });
  done(await first.client.post(`/api/audit/findings/${closed.id}/closure`, { outcome: 'EXPLAINED' }));
  await record(app, second, { about: first });
  await record(app, ofOwner, { about: ofOwnerToo, isAsked: true });
}

type Recording = { about: Caller; isAsked?: true };

async function record({ database }: TestApp, auditor: Caller, { about, isAsked }: Recording): Promise<FindingView> {
  done(await about.client.get('/api/me'));
  const [deed] = await database.ask<{ id: string }>('select id from hien.audit_event where actor_id = $1 limit 1', [
    about.who.id,
  ]);
  const body = {
    actorId: about.who.id,
    eventIds: [deed?.id],
    note: 'Nhiều lần mở hồ sơ không được phân công.',
    ...(isAsked === true ? { question: 'Xin cho biết vì sao.' } : {}),
  };
  return done(await auditor.client.post<FindingView>('/api/audit/findings', body), 201);
}
