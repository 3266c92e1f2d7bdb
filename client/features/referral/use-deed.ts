import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ReferralView } from '../../../server/referrals/referrals.contract.ts';
import type { ApiProblem } from '../../app/api.ts';
import { paths } from '../../app/paths.ts';
import { useSend, type Send } from '../../app/use-send.ts';
import { useReplaceNavigate } from '../../ui/replace-link.tsx';

export type DeedName = 'receipt' | 'acceptance' | 'decline' | 'assignment' | 'start' | 'completion' | 'recall';

export type DeedOptions = {
  referralId: string;
  deed: DeedName;
  onSaved?: () => void;
  onRefused?: (problem: ApiProblem) => void;
  /** Somebody was faster: the screen is read anew and says so. */
  onConflict: () => void;
  /** A quiet deed leaves the reader where she is. */
  isQuiet?: boolean;
};

export function referralPath(referralId: string): string {
  return `/api/referrals/${referralId}`;
}

/** One step of a referral. Its answer is the referral as it stands now, and the screen starts again at its top. */
export function useDeed<Body>(options: DeedOptions): Send<Body, ReferralView> {
  const { referralId, deed, onConflict, isQuiet = false } = options;
  const queries = useQueryClient();
  const { i18n } = useTranslation();
  const navigate = useReplaceNavigate();
  return useSend<Body, ReferralView>({
    name: `${deed}:${referralId}`,
    call: (api, body, intention) => api.post(`${referralPath(referralId)}/${deed}`, body, { intention }),
    onSaved: (answer) => {
      queries.setQueryData([referralPath(referralId), '', i18n.language], answer);
      options.onSaved?.();
      if (!isQuiet) navigate(paths.message(referralId));
    },
    onRefused: (problem) => {
      if (problem.code === 'STATE_CONFLICT' || problem.code === 'NOT_FOUND') {
        onConflict();
        void queries.invalidateQueries({ queryKey: [referralPath(referralId)] });
      } else options.onRefused?.(problem);
    },
  });
}
