import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { paths } from '../../app/paths.ts';
import { useSend } from '../../app/use-send.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useReplaceNavigate } from '../../ui/replace-link.tsx';
import type { Opening } from './openings.ts';
import { forgetEnded } from './own-opening.ts';

/** Whoever needs a case no longer closes it; what was read of it leaves the memory before anything is read anew. */
export function EndOpening({ opening }: { opening: Opening }) {
  const { t } = useTranslation('safeguards');
  const [isAsked, setAsked] = useState(false);
  const queries = useQueryClient();
  const navigate = useReplaceNavigate();
  const ending = useSend<undefined, Opening>({
    name: `end:${opening.id}`,
    call: async (api, _nothing, intention) => {
      const answer = await api.post<Opening>(`/api/break-glass/${opening.id}/end`, {}, { intention });
      forgetEnded(queries, answer.data);
      return answer;
    },
    onSaved: () => navigate(paths.opening(opening.id)),
  });
  return (
    <>
      <Button onClick={() => setAsked(true)}>{t('banner.end')}</Button>
      <ConfirmDialog
        isOpen={isAsked}
        heading={t('banner.endSure', { code: opening.caseCode })}
        confirmLabel={t('banner.endConfirm')}
        isBusy={ending.phase === 'sending'}
        onConfirm={() => ending.send(undefined)}
        onCancel={() => setAsked(false)}
      >
        <p>{t('banner.endWhat')}</p>
        {ending.problem ? <ProblemNotice problem={ending.problem} onRetry={ending.retry} /> : null}
      </ConfirmDialog>
    </>
  );
}
