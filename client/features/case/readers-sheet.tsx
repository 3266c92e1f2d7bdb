import { useTranslation } from 'react-i18next';
import type { AccessEntry } from '../../../server/cases/cases.contract.ts';
import { useMe } from '../../app/session/use-session.ts';
import { formatDate, formatDateTime } from '../../ui/dates.ts';
import '../../ui/sheet.css';
import { usePrintTime } from '../../ui/use-print-time.ts';
import { hotlines } from '../../app/hotlines.ts';
import { useNameOf } from '../directory/use-directory.ts';
import type { AccessWords } from './use-access-words.ts';

export type ReadersSheetProps = { entries: readonly AccessEntry[]; hasMore: boolean; words: AccessWords };

/**
 * The list on paper, for her whom the record is about. It may be found by others: it names no case, no group of data and
 * nothing of the field; it says who looked, when and for what.
 */
export function ReadersSheet({ entries, hasMore, words }: ReadersSheetProps) {
  const { t } = useTranslation('caseFile');
  const { t: say } = useTranslation('shell');
  const { staff, agency, demonstration } = useMe();
  const nameOf = useNameOf();
  const at = formatDateTime(usePrintTime());
  const oldest = entries.at(-1);
  return (
    <article className="sheet print-only" aria-labelledby="readers-sheet-title">
      <p className="sheet-top">{nameOf(agency)}</p>
      <h2 className="sheet-title" id="readers-sheet-title">
        {t('readersSheet.title')}
      </h2>
      {demonstration ? <p className="sheet-mark">{t('readersSheet.demonstration')}</p> : null}
      <p>{t('readersSheet.what')}</p>
      {oldest === undefined ? <p>{t('access.none')}</p> : null}
      <ol className="readers-sheet">
        {entries.map((entry) => (
          <li key={entry.id}>
            {t('readersSheet.line', { at: formatDateTime(entry.at), sentence: words.sentence(entry) })}
            {words.why(entry) === '' ? '' : ` ${t('readersSheet.why', { purpose: words.why(entry) })}`}
          </li>
        ))}
      </ol>
      {hasMore && oldest !== undefined ? <p>{t('readersSheet.older', { day: formatDate(oldest.at) })}</p> : null}
      <p>{t('readersSheet.ask')}</p>
      <p>
        {t('readersSheet.lines')} {hotlines.map(({ key, shown }) => `${say(`footer.${key}`)} ${shown}`).join(' · ')}
      </p>
      <p className="sheet-printed">{t('access.printedBy', { name: staff.displayName, at })}</p>
    </article>
  );
}
