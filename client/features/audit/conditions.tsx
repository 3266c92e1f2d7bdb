import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ClosedSection } from '../../ui/closed-section.tsx';
import { useAgencies, useNameOf } from '../directory/use-directory.ts';
import { READS, type AuditFilter } from './audit-filter.ts';
import type { AuditWords } from './use-audit-words.ts';
import { usePeriods } from './use-periods.ts';
import { useSlotWords } from './use-slot-words.ts';
import { useStaff } from './use-staff.ts';

export type ConditionsProps = {
  /** Whether another screen has asked already. */
  hasArrived: boolean;
  filter: AuditFilter;
  words: AuditWords;
  children: ReactNode;
};

/** The form; where another screen has asked, its question in words, and the form behind a tap so that the lines come first. */
export function Conditions({ hasArrived, filter, words, children }: ConditionsProps) {
  const { t } = useTranslation('audit');
  const said = useConditions(filter, words);
  if (!hasArrived) return children;
  return (
    <ClosedSection heading={t('filter.change')} note={said.join(' · ')}>
      {children}
    </ClosedSection>
  );
}

function useConditions(filter: AuditFilter, words: AuditWords): string[] {
  const { t } = useTranslation('audit');
  const people = useStaff();
  const agencies = useAgencies().data?.data.items ?? [];
  const nameOf = useNameOf();
  const slotWords = useSlotWords();
  const periods = usePeriods(filter.exact);
  const [weekday = 1, hour = 0] = filter.slot.split('-').map(Number);
  const agency = agencies.find(({ id }) => id === filter.agency);
  const outcome = (['done', 'refused', 'failed'] as const).find((each) => each === filter.outcome);
  return [
    filter.case.trim().toUpperCase(),
    people.find(({ id }) => id === filter.actor)?.name ?? '',
    filter.action === READS ? t('filter.reads') : filter.action === '' ? '' : words.deed(filter.action),
    agency ? nameOf(agency) : '',
    outcome === undefined ? '' : t(`outcome.${outcome}`),
    filter.slot === '' ? '' : t('filter.slot', { slot: slotWords({ weekday, hour }) }),
    periods.find(({ value }) => value === filter.period)?.label ?? '',
  ].filter((part) => part !== '');
}
