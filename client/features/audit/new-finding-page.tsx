import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { paths } from '../../app/paths.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import './audit.css';
import { NewFindingForm } from './new-finding-form.tsx';
import { useSelection } from './selection.ts';

/** Where a finding is written, about what was chosen on another screen. */
export function Component() {
  const { t } = useTranslation('review');
  const [selection] = useState(useSelection());
  const [hasErrors, setErrors] = useState(false);
  return (
    <Page heading={t(selection?.isAsking ? 'fresh.titleAsk' : 'fresh.title')} tab="form" hasErrors={hasErrors}>
      {selection ? (
        <NewFindingForm selection={selection} onErrors={setErrors} />
      ) : (
        <EmptyState title={t('fresh.nothing')}>
          <p>{t('fresh.nothingWhy')}</p>
          <ButtonLink to={paths.log}>{t('fresh.toLog')}</ButtonLink>
        </EmptyState>
      )}
    </Page>
  );
}
