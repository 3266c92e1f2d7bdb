import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FindingLine } from '../../../server/audit/findings.contract.ts';
import { Loaded } from '../../app/loaded.tsx';
import { paths } from '../../app/paths.ts';
import { useRead } from '../../app/use-read.ts';
import { ContextualDate } from '../../ui/contextual-date.tsx';
import { formatDateTime } from '../../ui/dates.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { ReplaceLink } from '../../ui/replace-link.tsx';
import { useNameOf } from '../directory/use-directory.ts';
import './audit.css';
import { FindingTag } from './finding-tag.tsx';

type FindingList = { items: FindingLine[] };

/** What is being followed, and what was concluded; no words of it before one is opened. */
export function Component() {
  const { t } = useTranslation('review');
  const read = useRead<FindingList>('/api/audit/findings');
  return (
    <Page heading={t('findings.title')} tab="list">
      <p>{t('findings.why')}</p>
      <Loaded read={read}>{({ items }) => <Groups findings={items} />}</Loaded>
    </Page>
  );
}

function Groups({ findings }: { findings: readonly FindingLine[] }) {
  const { t } = useTranslation('review');
  // One clock for the whole list, or two lines could disagree about what is late.
  const [nowMs] = useState(() => Date.now());
  if (findings.length === 0)
    return (
      <EmptyState title={t('findings.none')}>
        <p>{t('findings.noneWhy')}</p>
      </EmptyState>
    );
  const groups = {
    unsettled: findings.filter(({ state }) => state !== 'closed'),
    closed: findings.filter(({ state }) => state === 'closed'),
  };
  return (['unsettled', 'closed'] as const)
    .filter((name) => groups[name].length > 0)
    .map((name) => (
      <section key={name} aria-label={t(`findings.${name}`)}>
        <h2>
          {t(`findings.${name}`)} ({groups[name].length})
        </h2>
        <ul className="audit-lines">
          {groups[name].map((finding) => (
            <Line key={finding.id} finding={finding} nowMs={nowMs} />
          ))}
        </ul>
      </section>
    ));
}

function Line({ finding, nowMs }: { finding: FindingLine; nowMs: number }) {
  const { t } = useTranslation('review');
  const nameOf = useNameOf();
  const { id, actor, rule, state, foundAt, auditorName, dueAt } = finding;
  return (
    <li className="audit-line">
      <h3 className="finding-heading">
        <ReplaceLink to={paths.check(id)}>
          {t('findings.about', { name: actor.displayName, agency: nameOf(actor.agency) })}
        </ReplaceLink>
      </h3>
      <p className="audit-rest">
        <FindingTag state={state} /> {rule === null ? '' : `${nameOf(rule)} · `}
        {t('findings.at', { at: formatDateTime(foundAt), auditor: auditorName })}
      </p>
      {dueAt === null ? null : (
        <p>
          {t('findings.due')} <ContextualDate due={dueAt} nowMs={nowMs} />
        </p>
      )}
    </li>
  );
}
