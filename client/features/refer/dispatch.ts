import type { DispatchBody, DraftReferralBody, ReferralView } from '../../../server/referrals/referrals.contract.ts';
import { ApiProblem, type Versioned } from '../../app/api.ts';
import { saveDraft, type DraftPorts, type Drafting } from './save-draft.ts';

export type Dispatching = { draft: DraftReferralBody; dispatch: DispatchBody };

/**
 * Saves the draft and sends it. When an earlier attempt did arrive after all, its outcome is the answer: nothing is
 * sent twice and nobody is told that it failed.
 * @throws ApiProblem
 */
export async function dispatchReferral(
  ports: DraftPorts,
  drafting: Drafting,
  { draft, dispatch }: Dispatching,
): Promise<Versioned<ReferralView>> {
  const saved = await saveDraft(ports, drafting, draft);
  const address = `/api/referrals/${saved.data.id}`;
  try {
    return await ports.api.post<ReferralView>(`${address}/dispatch`, dispatch);
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.code !== 'STATE_CONFLICT') throw error;
    const now = await ports.api.get<ReferralView>(address);
    if (now.data.sentAt === null) throw error;
    return now;
  }
}
