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

/** Each condition that is set, in words. */
function useConditions(filter: AuditFilter, words: AuditWords): string[] {
  const { t } = useTranslation('audit');
  const people = useStaff();
  const agencies = useAgencies().data?.data.items ?? [];
  const nameOf = useNameOf();
  const periods = usePeriods(filter.exact);
  const slot = useSlot(filter.slot);
  const outcomes = (['done', 'refused', 'failed'] as const).map((each) => ({
    value: each,
    name: t(`outcome.${each}`),
  }));
  const said = [
    filter.case.trim().toUpperCase(),
    people.find(({ id }) => id === filter.actor)?.name,
    filter.action === READS ? t('filter.reads') : filter.action && words.deed(filter.action),
    agencies.filter(({ id }) => id === filter.agency).map(nameOf)[0],
    outcomes.find(({ value }) => value === filter.outcome)?.name,
    slot,
    periods.find(({ value }) => value === filter.period)?.label,
  ];
  return said.filter((part): part is string => part !== undefined && part !== '');
}

function useSlot(slot: string): string {
  const { t } = useTranslation('audit');
  const slotWords = useSlotWords();
  if (slot === '') return '';
  const [weekday = 1, hour = 0] = slot.split('-').map(Number);
  return t('filter.slot', { slot: slotWords({ weekday, hour }) });
}
