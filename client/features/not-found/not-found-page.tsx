import { useTranslation } from 'react-i18next';
import { paths } from '../../app/paths.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';

export function Component() {
  const { t } = useTranslation('notFound');
  return (
    <Page heading={t('title')} tab="missing">
      <p>{t('body')}</p>
      <ButtonLink to={paths.home}>{t('home')}</ButtonLink>
    </Page>
  );
}
