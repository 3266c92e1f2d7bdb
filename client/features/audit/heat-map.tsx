import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { cellAfter, countAt, heatLevel, HOURS, peakOf, WEEKDAYS, type Cell, type HeatRows } from './heat.ts';
import './heat.css';
import { useUpright } from './use-upright.ts';
import { useSlotWords, useWeekdays } from './use-slot-words.ts';

export type HeatMapProps = { rows: HeatRows; onChoose: (cell: Cell) => void };

/** Hour × weekday as a grid of buttons with one tab stop; upright on a phone, so that each cell stays wide enough to press. */
export function HeatMap({ rows, onChoose }: HeatMapProps) {
  const { t } = useTranslation('review');
  const isUpright = useUpright();
  const [here, setHere] = useState<Cell>(() => peakOf(rows));
  const grid = useRef<HTMLDivElement>(null);
  const days = useWeekdays();
  const most = countAt(rows, peakOf(rows));
  const lines: Cell[][] = isUpright
    ? HOURS.map((hour) => WEEKDAYS.map((weekday) => ({ weekday, hour })))
    : WEEKDAYS.map((weekday) => HOURS.map((hour) => ({ weekday, hour })));
  function move(event: KeyboardEvent, cell: Cell): void {
    const next = cellAfter(cell, event.key, isUpright);
    if (next === null) return;
    event.preventDefault();
    setHere(next);
    grid.current?.querySelector<HTMLElement>(`[data-slot="${slotOf(next)}"]`)?.focus();
  }
  return (
    <div
      className={isUpright ? 'heat heat-upright' : 'heat heat-lying'}
      role="grid"
      aria-label={t('heat.label')}
      ref={grid}
    >
      <div role="row" className="heat-row">
        <span role="columnheader" className="heat-head">
          <span className="unseen">{t('heat.hour')}</span>
        </span>
        {isUpright
          ? WEEKDAYS.map((weekday) => <Head key={weekday} text={days.short(weekday)} />)
          : HOURS.map((hour) => <Head key={hour} text={String(hour)} />)}
      </div>
      {lines.map((cells) => (
        <div role="row" className="heat-row" key={slotOf(cells[0] ?? here)}>
          <span role="rowheader" className="heat-head">
            {isUpright ? String(cells[0]?.hour ?? '') : days.short(cells[0]?.weekday ?? 1)}
          </span>
          {cells.map((cell) => (
            <HeatCell
              key={slotOf(cell)}
              cell={cell}
              count={countAt(rows, cell)}
              most={most}
              isHere={slotOf(cell) === slotOf(here)}
              onKey={move}
              onChoose={(chosen) => {
                setHere(chosen);
                onChoose(chosen);
              }}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

function Head({ text }: { text: string }) {
  return (
    <span role="columnheader" className="heat-head">
      {text}
    </span>
  );
}

type HeatCellProps = {
  cell: Cell;
  count: number;
  most: number;
  isHere: boolean;
  onKey: (event: KeyboardEvent, cell: Cell) => void;
  onChoose: (cell: Cell) => void;
};

function HeatCell({ cell, count, most, isHere, onKey, onChoose }: HeatCellProps) {
  const { t, i18n } = useTranslation('review');
  const slot = useSlotWords()(cell);
  const [day = '', hours = ''] = slot.split(', ');
  return (
    <span role="gridcell" className="heat-cell">
      <button
        type="button"
        className={`heat-button heat-${String(heatLevel(count, most))}`}
        data-slot={slotOf(cell)}
        tabIndex={isHere ? 0 : -1}
        aria-label={t('heat.cell', { day, hours, count })}
        title={t('heat.cell', { day, hours, count })}
        onKeyDown={(event) => onKey(event, cell)}
        onClick={() => onChoose(cell)}
      >
        <span aria-hidden="true">{count === 0 ? '' : shortNumber(count, i18n.language)}</span>
      </button>
    </span>
  );
}

function slotOf({ weekday, hour }: Cell): string {
  return `${String(weekday)}-${String(hour)}`;
}

/** Thousands in short, so that they fit a cell; the button's name and the table say the whole number. */
function shortNumber(count: number, language: string): string {
  if (count < 1000) return String(count);
  const thousands = (count / 1000).toLocaleString(language, { maximumFractionDigits: count < 10_000 ? 1 : 0 });
  return `${thousands}k`;
}
