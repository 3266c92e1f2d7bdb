import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { ReferralLine } from '../../../server/referrals/referrals.contract.ts';
import { LoadedList } from '../../app/loaded-list.tsx';
import { paths } from '../../app/paths.ts';
import { useMe } from '../../app/session/use-session.ts';
import { useReadMore } from '../../app/use-read-more.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { ExplanationsLine } from '../explain/explanations-line.tsx';
import { WithNames, type Naming } from '../referral/with-names.tsx';
import { groupsOf } from './inbox-groups.ts';
import { InboxLine } from './inbox-line.tsx';
import './inbox.css';

type Box = 'inbox' | 'outbox';

/** What came in and what went out; nothing here is about a person. */
export function Component() {
  const { t } = useTranslation('inbox');
  const [search] = useSearchParams();
  const box: Box = search.get('box') === 'outbox' ? 'outbox' : 'inbox';
  return (
    <Page heading={t(box === 'inbox' ? 'title' : 'outbox')} tab="list">
      <nav className="boxes" aria-label={t('boxes')}>
        <BoxLink to={paths.inbox} isHere={box === 'inbox'}>
          {t('inbox')}
        </BoxLink>
        <BoxLink to={paths.outbox} isHere={box === 'outbox'}>
          {t('outbox')}
        </BoxLink>
      </nav>
      <ExplanationsLine />
      <Notice title={t('recorded')}>
        <p>{t('recordedWhy')}</p>
      </Notice>
      <WithNames>{(naming) => <Lines key={box} box={box} naming={naming} />}</WithNames>
    </Page>
  );
}

function BoxLink({ to, isHere, children }: { to: string; isHere: boolean; children: string }) {
  return (
    <Link to={to} replace aria-current={isHere ? 'page' : undefined}>
      {children}
    </Link>
  );
}

/** The largest portion: what waits for an answer must not hide behind newer, finished ones. */
const portion = 100;

function Lines({ box, naming }: { box: Box; naming: Naming }) {
  const { t } = useTranslation('inbox');
  const { staff } = useMe();
  const read = useReadMore<ReferralLine>(`/api/referrals?box=${box}&limit=${String(portion)}`);
  const reader = { isDesk: staff.roles.includes('duty_officer') };
  return (
    <>
      <LoadedList
        read={read}
        empty={
          <EmptyState title={t(`empty.${box}`)}>
            <p>{t(`emptyWhy.${box}`)}</p>
          </EmptyState>
        }
      >
        {(lines) =>
          groupsOf(lines).map((group) => (
            <section key={group.name} aria-label={t(`group.${group.name}`)}>
              <h2>
                {t(`group.${group.name}`)} ({group.lines.length})
              </h2>
              <ul className="inbox-lines">
                {group.lines.map((line) => (
                  <InboxLine key={line.id} line={line} reader={reader} naming={naming} />
                ))}
              </ul>
            </section>
          ))
        }
      </LoadedList>
      {read.hasMore ? <p>{t('shown', { count: read.items?.length ?? 0 })}</p> : null}
      <ButtonRow>
        {read.hasMore ? (
          <Button isBusy={read.isLoadingMore} onClick={read.loadMore}>
            {t(read.isLoadingMore ? 'moreBusy' : 'more')}
          </Button>
        ) : null}
        <Button look="quiet" onClick={read.reload}>
          {t('refresh')}
        </Button>
      </ButtonRow>
    </>
  );
}
