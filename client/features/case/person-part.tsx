import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../../server/cases/cases.contract.ts';
import { ClosedSection } from '../../ui/closed-section.tsx';
import { SafePhone } from '../../ui/safe-phone.tsx';
import { SummaryList } from '../../ui/summary-list.tsx';
import type { Codes } from '../directory/codes.ts';
import { safeContactOf } from '../referral/safe-contact.ts';
import { identityFacts, survivorFacts } from './facts.ts';
import { useFactRows } from './use-fact-rows.ts';

export type PersonPartProps = { view: CaseView; codes: Codes; isOpen: boolean };

/** What services need of her; who she is and how she is reached stay behind one tap. */
export function PersonPart({ view, codes, isOpen }: PersonPartProps) {
  const { t } = useTranslation('caseFile');
  const rows = useFactRows(codes);
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    ref.current?.scrollIntoView();
    ref.current?.querySelector('summary')?.focus();
  }, [isOpen]);
  return (
    <section aria-label={t(view.kind === 'trafficking' ? 'person.trafficked' : 'person.title')}>
      <h2>{t(view.kind === 'trafficking' ? 'person.trafficked' : 'person.title')}</h2>
      <div ref={ref}>
        <ClosedSection heading={t('person.secret')} note={t('person.secretNote')} isOpen={isOpen}>
          <Contact view={view} codes={codes} />
          <SummaryList rows={rows(identityFacts(view.survivor))} />
        </ClosedSection>
      </div>
      <SummaryList rows={rows(survivorFacts(view.survivor))} />
    </section>
  );
}

function Contact({ view, codes }: Omit<PersonPartProps, 'isOpen'>) {
  const { t } = useTranslation('envelope');
  const { t: own } = useTranslation('caseFile');
  const { rules, phone } = safeContactOf(view.survivor.contact, {
    method: (code) => codes.name('contact_method', code),
    methods: (methods) => t('safe.methods', { methods }),
    none: t('safe.none'),
    times: (times) => t('safe.times', { times }),
    noMessage: t('safe.noMessage'),
    message: t('safe.message'),
    codeWord: (word) => t('safe.codeWord', { word }),
  });
  if (phone !== null) return <SafePhone rules={rules} number={phone} />;
  return (
    <>
      <p>{own('person.noPhone')}</p>
      <ul>
        {rules.map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ul>
    </>
  );
}
