import { useTranslation } from 'react-i18next';
import { ageOf } from './age.ts';

/** "2 giờ trước" in the language of the screen. */
export function useAgeWords(): (at: string) => string {
  const { t } = useTranslation('ui');
  return (at) => {
    const age = ageOf(at, Date.now());
    return age.kind === 'now' ? t('ago.now') : t(`ago.${age.kind}`, { count: age.count });
  };
}
