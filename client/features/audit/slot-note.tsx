import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { useSlotWords } from './use-slot-words.ts';

/** The hour of the week that a cell of the map has put into the conditions. */
export function SlotNote({ slot, onClear }: { slot: string; onClear: () => void }) {
  const { t } = useTranslation('audit');
  const slotWords = useSlotWords();
  if (slot === '') return null;
  const [weekday = 1, hour = 0] = slot.split('-').map(Number);
  return (
    <div className="field">
      <p className="audit-chosen">{t('filter.slot', { slot: slotWords({ weekday, hour }) })}</p>
      <Button onClick={onClear}>{t('filter.slotClear')}</Button>
    </div>
  );
}
