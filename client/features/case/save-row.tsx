import { useTranslation } from 'react-i18next';
import { paths } from '../../app/paths.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { SendState, type SendStateProps } from '../../ui/send-state.tsx';

export type SaveRowProps = SendStateProps & { caseId: string };

/** The end of each form that changes a case: how the sending stands, save, and the way back without saving. */
export function SaveRow({ caseId, phase, onRetry }: SaveRowProps) {
  const { t } = useTranslation('caseFile');
  return (
    <>
      <SendState phase={phase} onRetry={onRetry} />
      <ButtonRow>
        <Button type="submit" look="main" isBusy={phase === 'sending'}>
          {t('change.save')}
        </Button>
        <ButtonLink look="plain" to={paths.item(caseId)}>
          {t('change.back')}
        </ButtonLink>
      </ButtonRow>
    </>
  );
}
