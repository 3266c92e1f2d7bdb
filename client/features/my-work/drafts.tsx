import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type * as z from 'zod';
import type { draftList } from '../../../server/cases/cases.contract.ts';
import { paths } from '../../app/paths.ts';
import { useKeeper } from '../../app/session/use-session.ts';
import { useRead } from '../../app/use-read.ts';
import { useSend } from '../../app/use-send.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { formatDate, formatDateTime } from '../../ui/dates.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { forgetRegistration } from '../register/current.ts';

type DraftList = z.output<typeof draftList>;
type DraftLine = DraftList['items'][number];

/** Registrations that were begun and not finished. Nothing is shown when there are none. */
export function Drafts() {
  const { t } = useTranslation('myWork');
  const read = useRead<DraftList>('/api/drafts');
  const drafts = read.data?.data.items ?? [];
  if (drafts.length === 0) return null;
  return (
    <section aria-label={t('drafts.title')}>
      <h2>
        {t('drafts.title')} ({drafts.length})
      </h2>
      <ul className="work-lines">
        {drafts.map((draft) => (
          <Draft key={draft.id} draft={draft} />
        ))}
      </ul>
    </section>
  );
}

/** The last step is checking the answers. */
const checking = 5;

function Draft({ draft }: { draft: DraftLine }) {
  const { t } = useTranslation('myWork');
  const { kept } = useKeeper();
  const [isAsking, setAsking] = useState(false);
  const discard = useSend<string, undefined>({
    name: `discard:${draft.id}`,
    call: (api, id) => api.delete(`/api/drafts/${id}`),
    onSaved: () => {
      forgetRegistration(kept, draft.id);
      setAsking(false);
    },
  });
  const page = draft.page >= checking ? 'check' : String(draft.page);
  return (
    <li className="work-line">
      <p>
        {t('drafts.saved', { at: formatDateTime(draft.updatedAt) })}{' '}
        {draft.page >= checking ? t('drafts.checking') : t('drafts.step', { number: draft.page })}
      </p>
      <p className="work-facts">{t('drafts.keptUntil', { day: formatDate(draft.expiresAt) })}</p>
      <ButtonRow>
        <ButtonLink look="plain" to={paths.draft(draft.id, page)}>
          {t('drafts.continue')}
        </ButtonLink>
        <Button look="quiet" onClick={() => setAsking(true)}>
          {t('drafts.discard')}
        </Button>
      </ButtonRow>
      <ConfirmDialog
        isOpen={isAsking}
        heading={t('drafts.sure')}
        confirmLabel={t('drafts.discard')}
        isGrave
        isBusy={discard.phase === 'sending'}
        onConfirm={() => discard.send(draft.id)}
        onCancel={() => setAsking(false)}
      >
        <p>{t('drafts.sureWhy')}</p>
        {discard.problem ? <ProblemNotice problem={discard.problem} onRetry={discard.retry} /> : null}
      </ConfirmDialog>
    </li>
  );
}
