import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeeper } from '../../app/session/use-session.ts';
import { paths } from '../../app/paths.ts';
import { Notice } from '../../ui/notice.tsx';
import { useReplaceNavigate } from '../../ui/replace-link.tsx';
import type { FactLabel } from './facts.ts';

/** What of a case was saved, and the questions whose answers changed where they are few enough to be named. */
export type Saved = { part: 'person' | 'others' | 'facts' | 'risk'; answers: readonly FactLabel[] };

/** Leads back to the case, which says what was saved. */
export function useBackToCase(caseId: string): (saved: Saved) => void {
  const { kept } = useKeeper();
  const navigate = useReplaceNavigate();
  return useCallback(
    (saved) => {
      kept.put(slot(caseId), saved);
      navigate(paths.item(caseId));
    },
    [kept, navigate, caseId],
  );
}

/** Says it once: whoever comes to the case again finds the case alone. */
export function SavedNotice({ caseId }: { caseId: string }) {
  const { t } = useTranslation('caseFile');
  const { kept } = useKeeper();
  const [saved] = useState(() => kept.get(slot(caseId)) as Saved | undefined);
  useEffect(() => kept.drop(slot(caseId)), [kept, caseId]);
  if (saved === undefined) return null;
  const answers = saved.answers.map((label) => t(`facts.${label}`)).join('; ');
  return (
    <div role="status">
      <Notice icon="check" title={t(`saved.${saved.part}`)}>
        {answers === '' ? null : <p>{t('saved.answers', { answers })}</p>}
      </Notice>
    </div>
  );
}

function slot(caseId: string): string {
  return `saved:${caseId}`;
}
