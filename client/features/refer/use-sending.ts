import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DraftReferralBody, ReferralView } from '../../../server/referrals/referrals.contract.ts';
import { ApiProblem } from '../../app/api.ts';
import { paths } from '../../app/paths.ts';
import { useKeeper } from '../../app/session/use-session.ts';
import { useSend, type Send } from '../../app/use-send.ts';
import { useReplaceNavigate } from '../../ui/replace-link.tsx';
import type { Naming } from '../referral/with-names.tsx';
import { dispatchReferral, type Dispatching } from './dispatch.ts';
import { forgetDraft, rememberDraft, saveDraft, savedDraft, startNewDraft } from './save-draft.ts';
import { draftBodyOf, initialValues, type Setting } from './share-values.ts';
import type { ShareForm } from './use-share-form.ts';

export type SendingInput = {
  caseId: string;
  slot: string;
  setting: Setting;
  share: ShareForm;
  naming: Naming;
  onDone: () => void;
};

export type Sending = {
  dispatch: Send<Dispatching, ReferralView>;
  save: Send<DraftReferralBody, { id: string }>;
  discard: Send<string, unknown>;
  /** The draft's id once the server holds one. */
  draftId: string | undefined;
  startAnew: () => void;
};

/** Sending, saving for later and discarding, with what follows each of them. */
export function useSending(input: SendingInput): Sending {
  const { caseId, slot, setting, share, onDone } = input;
  const { kept } = useKeeper();
  const queries = useQueryClient();
  const { i18n } = useTranslation();
  const navigate = useReplaceNavigate();
  const onRefused = useRefusal(input);
  function leave(to: string): void {
    share.form.forget();
    forgetDraft({ kept }, slot);
    onDone();
    navigate(to);
  }
  const dispatch = useSend<Dispatching, ReferralView>({
    name: `dispatch:${slot}`,
    call: (api, wanted) => dispatchReferral({ api, kept }, { caseId, slot }, wanted),
    onSaved: (answer) => {
      // What was just answered need not be opened, and recorded as opened, once more.
      queries.setQueryData([`/api/referrals/${answer.data.id}`, '', i18n.language], answer);
      leave(paths.sentRefer(caseId, answer.data.id));
    },
    onRefused,
  });
  const save = useSend<DraftReferralBody, { id: string }>({
    name: `save:${slot}`,
    call: (api, body) => saveDraft({ api, kept }, { caseId, slot }, body),
    onSaved: () => leave(paths.item(caseId)),
    onRefused,
  });
  const discard = useSend<string, unknown>({
    name: `discard:${slot}`,
    call: (api, id) => api.delete(`/api/referrals/${id}`),
    onSaved: () => leave(paths.item(caseId)),
  });
  function startAnew(): void {
    startNewDraft({ kept }, slot);
    for (const deed of [dispatch, save]) deed.startAnew();
  }
  return { dispatch, save, discard, draftId: knownDraft(kept, slot, setting), startAnew };
}

type Kept = ReturnType<typeof useKeeper>['kept'];

/** A draft that is continued counts as saved with what it held when it was opened. */
function knownDraft(kept: Kept, slot: string, setting: Setting): string | undefined {
  const known = savedDraft({ kept }, slot);
  if (known || setting.draft === null) return known?.id;
  const { id, version } = setting.draft;
  const content = JSON.stringify(draftBodyOf(initialValues(setting), setting));
  rememberDraft({ kept }, slot, { id, etag: `"${String(version)}"`, content });
  return id;
}

/** Says which field the server meant: it speaks of places in a list. */
function useRefusal({ share, setting, naming }: SendingInput): (problem: ApiProblem) => void {
  const queries = useQueryClient();
  return (problem) => {
    const { fields } = draftBodyOf(share.form.values, setting);
    const errors = problem.errors.map(({ field, message }) => {
      const place = /^fields\.(\d+)$/.exec(field)?.[1];
      const name = place === undefined ? undefined : fields[Number(place)];
      if (name !== undefined) return { field: 'fields', message: `${naming.field(name)}: ${message}` };
      return { field: ownNames[field] ?? field, message };
    });
    const { code, status, title, detail, requestId, retryAfterSeconds, isDemonstration } = problem;
    share.form.showProblem(
      new ApiProblem({ code, status, title, detail, requestId, retryAfterSeconds, isDemonstration, errors }),
    );
    // A consent may have been withdrawn meanwhile: look again at what there is.
    if (code === 'CONSENT_MISSING') void queries.invalidateQueries();
  };
}

const ownNames: Readonly<Record<string, string>> = {
  consentId: 'basis',
  call: 'called',
  'call.calledAt': 'calledAt',
  'call.spokeTo': 'spokeTo',
};
