import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeptForm } from '../../app/kept/use-kept-form.ts';
import { useKeptState } from '../../app/kept/use-kept-state.ts';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { auditFaultsOf, auditPath, noFilter, type AuditFilter } from './audit-filter.ts';
import './audit.css';
import { AuditResults } from './audit-results.tsx';
import { Conditions } from './conditions.tsx';
import { FilterForm } from './filter-form.tsx';
import { ARRIVED } from './use-open-log.ts';
import { useAuditWords } from './use-audit-words.ts';

/** The access log: deeds, not lives. Looking at it is recorded as well. */
export function Component() {
  const { t } = useTranslation('audit');
  const { t: say } = useTranslation('ui');
  const words = useAuditWords();
  const queries = useQueryClient();
  const form = useKeptForm<AuditFilter>('audit-filter', noFilter, {
    validate: (values) =>
      Object.fromEntries(Object.entries(auditFaultsOf(values)).map(([name, fault]) => [name, say(`date.${fault}`)])),
  });
  const [path, setPath] = useKeptState('audit-path', '');
  const [hasArrived] = useKeptState(ARRIVED, false);
  const [searches, setSearches] = useState(0);
  function search(filter: AuditFilter): void {
    const wanted = auditPath(filter, Date.now());
    // The same question asked again wants an answer of now.
    queries.removeQueries({ queryKey: [wanted] });
    setPath(wanted);
    setSearches(searches + 1);
  }
  return (
    <Page heading={t('title')} tab="log" hasErrors={form.errors.length > 0} isWide>
      <Notice title={t('recorded')}>
        <p>{t('recordedWhy')}</p>
      </Notice>
      <Conditions hasArrived={hasArrived} filter={form.values} words={words}>
        <FilterForm form={form} words={words} onSearch={search} />
      </Conditions>
      {path === '' ? null : (
        <AuditResults key={`${path} ${String(searches)}`} path={path} words={words} takesFocus={searches > 0} />
      )}
    </Page>
  );
}
