import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Words } from '../locales/vi.ts';

/** Generic nouns only: the tab is read over the shoulder and stays in the history. */
export type TabNoun = keyof Words['ui']['tab'];

export function useTabTitle(noun: TabNoun, hasErrors = false): void {
  const { t } = useTranslation('ui');
  const title = t(hasErrors ? 'tabTitleError' : 'tabTitle', { noun: t(`tab.${noun}`) });
  useEffect(() => {
    document.title = title;
  }, [title]);
}
