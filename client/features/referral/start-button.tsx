import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { SendState } from '../../ui/send-state.tsx';
import { DeedProblem } from './deed-problem.tsx';
import { useDeed } from './use-deed.ts';

export type StartButtonProps = { referralId: string; onConflict: () => void };

export function StartButton({ referralId, onConflict }: StartButtonProps) {
  const { t } = useTranslation('referral');
  const sending = useDeed<Record<string, never>>({ referralId, deed: 'start', onConflict });
  const isBusy = sending.phase === 'sending';
  return (
    <div className="referral-start">
      <DeedProblem problem={sending.problem} hasErrors={false} onRetry={sending.retry} />
      <SendState phase={sending.phase} onRetry={sending.retry} />
      <Button look="main" isBusy={isBusy} onClick={() => sending.send({})}>
        {t(isBusy ? 'start.busy' : 'start.submit')}
      </Button>
    </div>
  );
}
