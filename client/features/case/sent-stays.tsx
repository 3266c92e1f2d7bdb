import { useTranslation } from 'react-i18next';
import { Notice } from '../../ui/notice.tsx';
import { isOpenReferral } from '../referral/open-referral.ts';
import { useSentReferrals } from './use-sent-referrals.ts';

/** Partners keep the envelope that was sealed for them, also when the case is put right afterwards. */
export function SentStays({ caseId }: { caseId: string }) {
  const { t } = useTranslation('caseFile');
  const lines = useSentReferrals(caseId).data?.data.items ?? [];
  return lines.some(isOpenReferral) ? <Notice title={t('change.sentStays')} /> : null;
}
