import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerDoubtBody, ConflictsView } from '../../../server/safeguards/safeguards.contract.ts';
import { useSend } from '../../app/use-send.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

export type DoubtItemProps = { doubt: ConflictsView['doubts'][number]; agency: string; onAnswered: () => void };

type AnswerName = AnswerDoubtBody['answer'];

/** One doubt: the same name, and perhaps another person. Either answer is asked for once more. */
export function DoubtItem({ doubt, agency, onAnswered }: DoubtItemProps) {
  const { t } = useTranslation('safeguards');
  const [asked, setAsked] = useState<AnswerName>();
  const answer = useSend<AnswerName, undefined>({
    name: `doubt:${doubt.id}`,
    call: (api, given, intention) =>
      api.post(`/api/conflict-doubts/${doubt.id}/answer`, { answer: given }, { intention }),
    onSaved: () => {
      setAsked(undefined);
      onAnswered();
    },
  });
  const name = doubt.displayName;
  const isBar = asked === 'bar';
  return (
    <li>
      <strong>{name}</strong> · {agency}
      <ButtonRow>
        <Button onClick={() => setAsked('bar')}>
          {t('conflicts.bar')}
          <span className="unseen"> – {name}</span>
        </Button>
        <Button look="quiet" onClick={() => setAsked('dismiss')}>
          {t('conflicts.dismiss')}
          <span className="unseen"> – {name}</span>
        </Button>
      </ButtonRow>
      <ConfirmDialog
        isOpen={asked !== undefined}
        heading={t(isBar ? 'conflicts.sureBar' : 'conflicts.sureDismiss', { name })}
        confirmLabel={t(isBar ? 'conflicts.confirmBar' : 'conflicts.confirmDismiss')}
        isGrave={isBar}
        isBusy={answer.phase === 'sending'}
        onConfirm={() => (asked === undefined ? undefined : answer.send(asked))}
        onCancel={() => setAsked(undefined)}
      >
        <p>{t(isBar ? 'conflicts.sureBarWhat' : 'conflicts.sureDismissWhat')}</p>
        {answer.problem ? <ProblemNotice problem={answer.problem} onRetry={answer.retry} /> : null}
      </ConfirmDialog>
    </li>
  );
}
