import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../app/loaded.tsx';
import { paths } from '../../app/paths.ts';
import { useMe } from '../../app/session/use-session.ts';
import { useRead } from '../../app/use-read.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { mayOpenUrgently } from '../directory/roles.ts';
import { OpeningLine } from './opening-line.tsx';
import { groupsOf, minePath, toldPath, type Opening, type OpeningList } from './openings.ts';
import './safeguards.css';

/** Every emergency access that this person is told of, what she must judge on top, and her own. */
export function Component() {
  const { t } = useTranslation('openings');
  const { roles } = useMe().staff;
  const told = useRead<OpeningList>(toldPath);
  const mine = useRead<OpeningList>(minePath);
  return (
    <Page heading={t('list.title')} tab="list">
      <Loaded read={told}>
        {({ items }) => <Loaded read={mine}>{({ items: own }) => <Groups told={items} mine={own} />}</Loaded>}
      </Loaded>
      <ButtonRow>
        {mayOpenUrgently(roles) ? (
          <ButtonLink look="plain" to={paths.askOpening}>
            {t('list.ask')}
          </ButtonLink>
        ) : null}
        <ButtonLink look="quiet" to={paths.work}>
          {t('list.toWork')}
        </ButtonLink>
      </ButtonRow>
    </Page>
  );
}

function Groups({ told, mine }: { told: readonly Opening[]; mine: readonly Opening[] }) {
  const { t } = useTranslation('openings');
  // One clock for the whole list, or two lines could disagree about what is late.
  const [nowMs] = useState(() => Date.now());
  const groups = groupsOf(told, mine);
  if (groups.length === 0)
    return (
      <EmptyState title={t('list.none')}>
        <p>{t('list.noneWhy')}</p>
      </EmptyState>
    );
  return groups.map(({ name, openings }) => (
    <section key={name} aria-label={t(`list.${name}`)}>
      <h2>
        {t(`list.${name}`)} ({openings.length})
      </h2>
      <ul className="opening-lines">
        {openings.map((opening) => (
          <OpeningLine key={opening.id} opening={opening} nowMs={nowMs} />
        ))}
      </ul>
    </section>
  ));
}
