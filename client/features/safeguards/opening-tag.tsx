import { useTranslation } from 'react-i18next';
import { StatusTag, type StatusTone } from '../../ui/status-tag.tsx';
import { stateOf, type Opening, type OpeningState } from './openings.ts';

const tones: Readonly<Record<OpeningState, StatusTone>> = {
  open: 'action',
  waiting: 'warning',
  overdue: 'danger',
  justified: 'done',
  not_justified: 'danger',
};

/** How an emergency access stands, in words. */
export function OpeningTag({ opening, nowMs }: { opening: Opening; nowMs: number }) {
  const { t } = useTranslation('openings');
  const state = stateOf(opening, nowMs);
  return <StatusTag tone={tones[state]}>{t(`state.${state}`)}</StatusTag>;
}
