import { useTranslation } from 'react-i18next';
import { paths } from '../../app/paths.ts';
import { ContextualDate } from '../../ui/contextual-date.tsx';
import { formatDateTime } from '../../ui/dates.ts';
import { ReplaceLink } from '../../ui/replace-link.tsx';
import { OpeningTag } from './opening-tag.tsx';
import type { Opening } from './openings.ts';

/** Who opened which case, when, and how it stands; the first line is the way to it. */
export function OpeningLine({ opening, nowMs }: { opening: Opening; nowMs: number }) {
  const { t } = useTranslation('openings');
  const { id, caseCode, staffName, openedAt, reviewDueAt, review, isMine } = opening;
  return (
    <li className="opening-line">
      <h3>
        <ReplaceLink to={paths.opening(id)}>
          {isMine ? t('list.lineMine', { code: caseCode }) : t('list.line', { name: staffName, code: caseCode })}
        </ReplaceLink>
      </h3>
      <p className="opening-facts">
        <OpeningTag opening={opening} nowMs={nowMs} />
        <time dateTime={openedAt}>{t('list.at', { at: formatDateTime(openedAt) })}</time>
        {review === null ? (
          <span>
            {t('list.due')} <ContextualDate due={reviewDueAt} nowMs={nowMs} />
          </span>
        ) : null}
      </p>
    </li>
  );
}
