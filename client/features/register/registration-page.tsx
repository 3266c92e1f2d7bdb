import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Loaded } from '../../app/loaded.tsx';
import { paths } from '../../app/paths.ts';
import { useKeeper, useMe } from '../../app/session/use-session.ts';
import { useRead } from '../../app/use-read.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { dayIn } from '../../ui/dates.ts';
import { Page } from '../../ui/page.tsx';
import { DonePage } from './done-page.tsx';
import { valuesFromDraft } from './draft-content.ts';
import type { DraftView } from './draft-view.ts';
import { emptyValues } from './empty-values.ts';
import { formKey } from './form.ts';
import { Registration } from './registration.tsx';

type OneDraft = { draftId: string; page: string };

/** One registration, page by page. */
export function Component() {
  const { draftId = '', page = '1' } = useParams();
  return page === 'done' ? <DonePage draftId={draftId} /> : <Draft key={draftId} draftId={draftId} page={page} />;
}

/** From this tab's memory where it is there, else from the draft that the server keeps. */
function Draft({ draftId, page }: OneDraft) {
  const { kept } = useKeeper();
  const { agency } = useMe();
  const [isKept] = useState(() => kept.get(formKey(draftId)) !== undefined);
  const empty = emptyValues({ today: dayIn(Date.now()), agency });
  if (!isKept) return <SavedDraft draftId={draftId} page={page} />;
  return <Registration draftId={draftId} page={page} initial={empty} empty={empty} savedAtMs={undefined} />;
}

function SavedDraft({ draftId, page }: OneDraft) {
  const { t } = useTranslation('register');
  const { agency } = useMe();
  const read = useRead<DraftView>(`/api/drafts/${draftId}`);
  // Read once: what is typed from here on is newer than any later answer.
  const [first, setFirst] = useState<DraftView>();
  if (!first && read.data) setFirst(read.data.data);
  if (!first)
    return (
      <Page heading={t('title')} tab="form">
        <Loaded read={read}>{() => null}</Loaded>
        {read.error ? <ButtonLink to={paths.register}>{t('start.anew')}</ButtonLink> : null}
      </Page>
    );
  const empty = emptyValues({ today: dayIn(Date.now()), agency });
  return (
    <Registration
      draftId={draftId}
      page={page}
      initial={valuesFromDraft(first.content, empty)}
      empty={empty}
      savedAtMs={new Date(first.updatedAt).getTime()}
    />
  );
}
