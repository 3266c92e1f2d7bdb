import { useTranslation } from 'react-i18next';
import { hotlines, supportLine } from '../../app/hotlines.ts';
import { Page } from '../../ui/page.tsx';

/** Open to everybody; honest about what the program cannot do. */
export function Component() {
  const { t } = useTranslation('safety');
  return (
    <Page heading={t('title')} tab="help">
      <h2>{t('urgent.title')}</h2>
      <p>{t('urgent.call')}</p>
      <ul>
        {[...hotlines, supportLine].map(({ key, number, shown }) => (
          <li key={key}>
            {t(`urgent.${key}`)}: <a href={`tel:${number}`}>{shown}</a>
          </li>
        ))}
      </ul>
      <h2>{t('exit.title')}</h2>
      <p>{t('exit.what')}</p>
      <p>{t('exit.shift')}</p>
      <p>{t('exit.offline')}</p>
      <h2>{t('history.title')}</h2>
      <p>{t('history.notErased')}</p>
      <p>{t('history.clear')}</p>
      <p>{t('history.watched')}</p>
      <h2>{t('lock.title')}</h2>
      <p>{t('lock.idle')}</p>
      <p>{t('lock.kept')}</p>
      <h2>{t('shared.title')}</h2>
      <p>{t('shared.close')}</p>
      <p>{t('shared.paper')}</p>
    </Page>
  );
}
