import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView, OpenedCase } from '../../../server/cases/cases.contract.ts';
import { Loaded } from '../../app/loaded.tsx';
import { useRead } from '../../app/use-read.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { WithCodes } from '../directory/with-codes.tsx';
import { wholeOf } from './opened-case.ts';
import { SectionForm, type Section } from './section-form.tsx';

export type SectionPageProps = {
  caseId: string;
  heading: string;
  /** Code lists that the fields are worded from. */
  lists: readonly string[];
  section: Section;
  /** Whether the case has what is to be changed. */
  isThere?: (view: CaseView) => boolean;
};

/** Changes one part of a case, for those who work on it. */
export function SectionPage({ caseId, heading, lists, section, isThere = () => true }: SectionPageProps) {
  const { t } = useTranslation('caseFile');
  const read = useRead<OpenedCase>(`/api/cases/${caseId}`);
  const [hasErrors, setErrors] = useState(false);
  return (
    <Page heading={heading} caption={read.data ? read.data.data.code : t('title')} tab="form" hasErrors={hasErrors}>
      <Loaded read={read}>
        {(view, etag) => {
          const whole = wholeOf(view);
          if (!whole?.mayRefer) return <EmptyState title={t('change.notYours')} />;
          if (!isThere(whole)) return <EmptyState title={t('change.notThere')} />;
          return (
            <WithCodes lists={lists}>
              {(codes) => (
                <SectionForm
                  key={section.slot}
                  {...{ view: whole, etag, codes, section }}
                  onReload={() => void read.refetch()}
                  onErrors={setErrors}
                />
              )}
            </WithCodes>
          );
        }}
      </Loaded>
    </Page>
  );
}
