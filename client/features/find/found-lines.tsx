import { useTranslation } from 'react-i18next';
import type { CaseLine } from '../../../server/cases/cases.contract.ts';
import { paths } from '../../app/paths.ts';
import { ContextualDate } from '../../ui/contextual-date.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ReplaceLink } from '../../ui/replace-link.tsx';
import { AskWay } from '../safeguards/ask-way.tsx';

/** What the look-up found, by code; a person's name is never shown in a list. */
export function FoundLines({ lines, code }: { lines: readonly CaseLine[]; code: string }) {
  const { t } = useTranslation('find');
  if (lines.length === 0) {
    return (
      <EmptyState title={t('nothing')}>
        <p>{t('nothingWhy')}</p>
        {code === '' ? null : <AskWay code={code} />}
      </EmptyState>
    );
  }
  return (
    <section aria-label={t('found', { count: lines.length })}>
      <h2 role="status">{t('found', { count: lines.length })}</h2>
      <ul>
        {lines.map((line) => (
          <li key={line.id}>
            <ReplaceLink to={paths.item(line.id)}>{line.code}</ReplaceLink> · {t(`step.${line.nextStep}`)}
            {line.dueAt === null || line.nextStep === 'closed' ? null : (
              <>
                {' · '}
                <ContextualDate due={line.dueAt} />
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
