import { useTranslation } from 'react-i18next';
import { Navigate } from 'react-router';
import { useDestinations } from '../../app/shell/destinations-context.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { ExplanationsLine } from '../explain/explanations-line.tsx';

/** Leads to where this person's day begins. */
export function Component() {
  const { t } = useTranslation('home');
  const [first] = useDestinations();
  if (first) return <Navigate to={first.to} replace />;
  return (
    <Page heading={t('title')} tab="home">
      <ExplanationsLine />
      <EmptyState title={t('nothing')}>
        <p>{t('whom')}</p>
      </EmptyState>
    </Page>
  );
}
