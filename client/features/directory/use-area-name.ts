import { useTranslation } from 'react-i18next';
import { useAreas } from './use-directory.ts';

/** Names a place by its code; a place the directory does not give is "another place". '' while on its way. */
export function useAreaName(): (code: string | undefined) => string {
  const { t } = useTranslation('ui');
  const read = useAreas();
  return (code) => {
    if (!code || !read.data) return '';
    return read.data.data.items.find((area) => area.code === code)?.name ?? t('areas.other');
  };
}
