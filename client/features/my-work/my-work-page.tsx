import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseLine } from '../../../server/cases/cases.contract.ts';
import { LoadedList } from '../../app/loaded-list.tsx';
import { paths } from '../../app/paths.ts';
import { useMe } from '../../app/session/use-session.ts';
import { useReadMore } from '../../app/use-read-more.ts';
import { ButtonRow } from '../../ui/button-row.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { mayRegister } from '../directory/roles.ts';
import { ExplanationsLine } from '../explain/explanations-line.tsx';
import { AskLink } from '../safeguards/ask-way.tsx';
import { OpeningsLine } from '../safeguards/openings-line.tsx';
import { Drafts } from './drafts.tsx';
import { StageFilter } from './stage-filter.tsx';
import { groupsOf } from './work-groups.ts';
import { WorkLine } from './work-line.tsx';
import './my-work.css';

/** Answers one question: what needs me now? For a supervisor: what needs the agency? */
export function Component() {
  const { t } = useTranslation('myWork');
  const { roles } = useMe().staff;
  const isSupervisor = roles.includes('supervisor');
  const isWorker = mayRegister(roles);
  const [stage, setStage] = useState('');
  return (
    <Page heading={t(isSupervisor ? 'titleAgency' : 'title')} tab="work">
      {isWorker ? (
        <div className="work-register">
          <ButtonLink to={paths.register}>{t('register')}</ButtonLink>
        </div>
      ) : null}
      <OpeningsLine />
      <ExplanationsLine />
      {isSupervisor ? <StageFilter stage={stage} onChange={setStage} /> : null}
      <Lines key={stage} path={pathFor(isSupervisor, stage)} isAgency={isSupervisor} mayRefer={isWorker} />
      {isWorker ? <Drafts /> : null}
    </Page>
  );
}

/** The largest portion: what is late must not hide behind newer cases. */
const portion = 100;

function pathFor(isSupervisor: boolean, stage: string): string {
  const limit = `limit=${String(portion)}`;
  if (!isSupervisor) return `/api/cases?mine=true&${limit}`;
  return stage === '' ? `/api/cases?${limit}` : `/api/cases?stage=${stage}&${limit}`;
}

type LinesProps = { path: string; isAgency: boolean; mayRefer: boolean };

function Lines({ path, isAgency, mayRefer }: LinesProps) {
  const { t } = useTranslation('myWork');
  const read = useReadMore<CaseLine>(path);
  // One clock for the whole list, or two lines could disagree about today.
  const [nowMs] = useState(() => Date.now());
  return (
    <>
      <LoadedList
        read={read}
        empty={
          <EmptyState title={t('empty')}>
            <p>{t(isAgency ? 'emptyWhyAgency' : 'emptyWhy')}</p>
          </EmptyState>
        }
      >
        {(lines) =>
          groupsOf(lines, nowMs).map((group) => (
            <section key={group.name} aria-label={t(`group.${group.name}`)}>
              <h2>
                {t(`group.${group.name}`)} ({group.lines.length})
              </h2>
              <ul className="work-lines">
                {group.lines.map((line) => (
                  <WorkLine key={line.id} line={line} isAgency={isAgency} mayRefer={mayRefer} nowMs={nowMs} />
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
        <AskLink />
      </ButtonRow>
    </>
  );
}
