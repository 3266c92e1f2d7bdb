import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { DraftView } from './draft-view.ts';
import { Loaded } from '../../app/loaded.tsx';
import { paths } from '../../app/paths.ts';
import { useKeeper, useMe } from '../../app/session/use-session.ts';
import { useRead } from '../../app/use-read.ts';
import { dayIn } from '../../ui/dates.ts';
import { Page } from '../../ui/page.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { DonePage } from './done-page.tsx';
import { valuesFromDraft } from './draft-content.ts';
import { emptyValues } from './empty-values.ts';
import { formKey } from './form.ts';
import { Registration } from './registration.tsx';

/** One registration: from this tab's memory, or the draft that the server keeps. */
export function Component() {
  const { draftId = '', page = '1' } = useParams();
  const { kept } = useKeeper();
  if (page === 'done') return <DonePage draftId={draftId} />;
  if (kept.get(formKey(draftId)) !== undefined) return <Kept key={draftId} draftId={draftId} page={page} />;
  return <Saved key={draftId} draftId={draftId} page={page} />;
}

type OneDraft = { draftId: string; page: string };

function Kept({ draftId, page }: OneDraft) {
  const { agency } = useMe();
  const today = dayIn(Date.now());
  return (
    <Registration draftId={draftId} page={page} initial={emptyValues({ today, agency })} savedAtMs={undefined} />
  );
}

function Saved({ draftId, page }: OneDraft) {
  const { t } = useTranslation('register');
  const { agency } = useMe();
  const read = useRead<DraftView>(`/api/drafts/${draftId}`);
  const today = dayIn(Date.now());
  if (!read.data)
    return (
      <Page heading={t('title')} tab="form">
        <Loaded read={read}>{() => null}</Loaded>
        {read.error ? <ButtonLink to={paths.register}>{t('start.anew')}</ButtonLink> : null}
      </Page>
    );
  const { content, updatedAt } = read.data.data;
  return (
    <Registration
      draftId={draftId}
      page={page}
      initial={valuesFromDraft(content, emptyValues({ today, agency }))}
      savedAtMs={new Date(updatedAt).getTime()}
    />
  );
}
