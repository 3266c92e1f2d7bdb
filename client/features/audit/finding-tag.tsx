import { useTranslation } from 'react-i18next';
import type { FindingLine } from '../../../server/audit/findings.contract.ts';
import { StatusTag } from '../../ui/status-tag.tsx';

const TONES = { open: 'warning', asked: 'neutral', answered: 'action', closed: 'done' } as const;

export function FindingTag({ state }: Pick<FindingLine, 'state'>) {
  const { t } = useTranslation('review');
  return <StatusTag tone={TONES[state]}>{t(`state.${state}`)}</StatusTag>;
}
