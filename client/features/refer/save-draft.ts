import type { DraftReferralBody, ReferralView } from '../../../server/referrals/referrals.contract.ts';
import { ApiProblem, type Api, type Versioned } from '../../app/api.ts';
import { currentIntention, settleIntention } from '../../app/intention.ts';
import type { KeptStore } from '../../app/kept/kept-store.ts';

/** The draft as the server holds it. Plain JSON: it survives a lock beside the form. */
export type SavedDraft = { id: string; etag: string | null; content: string };

export type DraftPorts = { api: Api; kept: KeptStore };
/** `slot` names one putting together of one referral. */
export type Drafting = { caseId: string; slot: string };

export function savedDraft({ kept }: Pick<DraftPorts, 'kept'>, slot: string): SavedDraft | undefined {
  return kept.get(key(slot)) as SavedDraft | undefined;
}

export function rememberDraft({ kept }: Pick<DraftPorts, 'kept'>, slot: string, draft: SavedDraft): void {
  kept.put(key(slot), draft);
}

export function forgetDraft({ kept }: Pick<DraftPorts, 'kept'>, slot: string): void {
  kept.drop(key(slot));
}

/** Gives up an attempt of which nobody knows what became of it: the next one is a new draft. */
export function startNewDraft({ kept }: Pick<DraftPorts, 'kept'>, slot: string): void {
  settleIntention(kept, intentionOf(slot), undefined);
}

/**
 * Brings the draft on the server to what is on the screen: made once, then changed, and left alone when nothing
 * changed. After a change elsewhere (VERSION_STALE) the next attempt is made upon that newer version.
 * @throws ApiProblem
 */
export async function saveDraft(
  ports: DraftPorts,
  { caseId, slot }: Drafting,
  body: DraftReferralBody,
): Promise<Versioned<{ id: string }>> {
  const known = savedDraft(ports, slot);
  const content = JSON.stringify(body);
  if (known?.content === content) return { data: { id: known.id }, etag: known.etag };
  const answer = known ? await change(ports, slot, { known, body }) : await create(ports, { caseId, slot }, body);
  rememberDraft(ports, slot, { id: answer.data.id, etag: answer.etag, content });
  return answer;
}

async function create(
  { api, kept }: DraftPorts,
  { caseId, slot }: Drafting,
  body: DraftReferralBody,
): Promise<Versioned<ReferralView>> {
  const name = intentionOf(slot);
  try {
    const intention = currentIntention(kept, name);
    const answer = await api.post<ReferralView>(`/api/cases/${caseId}/referrals`, body, { intention });
    settleIntention(kept, name, undefined);
    return answer;
  } catch (error) {
    if (error instanceof ApiProblem) settleIntention(kept, name, error);
    throw error;
  }
}

type Changing = { known: SavedDraft; body: DraftReferralBody };

async function change(ports: DraftPorts, slot: string, { known, body }: Changing): Promise<Versioned<ReferralView>> {
  const { recipientAgencyId: _recipient, ...changes } = body;
  try {
    return await ports.api.patch<ReferralView>(`/api/referrals/${known.id}`, changes, { ifMatch: known.etag });
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'VERSION_STALE') {
      const { etag } = await ports.api.get<ReferralView>(`/api/referrals/${known.id}`);
      rememberDraft(ports, slot, { ...known, etag });
    }
    throw error;
  }
}

function key(slot: string): string {
  return `refer-draft:${slot}`;
}

function intentionOf(slot: string): string {
  return `refer-draft:${slot}`;
}
