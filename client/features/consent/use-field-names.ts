import { useTranslation } from 'react-i18next';
import type { Words } from '../../locales/vi.ts';

/** Names the fields of the disclosure matrix, in the words of the referral screens. */
export function useFieldNames(): (field: string) => string {
  const { t } = useTranslation('envelope');
  return (field) => t(`field.${field as keyof Words['envelope']['field']}`, { defaultValue: t('otherField') });
}
