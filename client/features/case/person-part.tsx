import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../../server/cases/cases.contract.ts';
import { ClosedSection } from '../../ui/closed-section.tsx';
import { SafePhone } from '../../ui/safe-phone.tsx';
import { SummaryList } from '../../ui/summary-list.tsx';
import type { Codes } from '../directory/codes.ts';
import { safeContactOf } from '../referral/safe-contact.ts';
import { identityFacts, survivorFacts } from './facts.ts';
import { ChangePeople } from './change-people.tsx';
import { useFactRows } from './use-fact-rows.ts';

export type PersonPartProps = {
  view: CaseView;
  codes: Codes;
  /** How often the person asked for the contact; each time it opens, even if she closed it. */
  asked: number;
};

/** What services need of her; who she is and how she is reached stay behind one tap. */
export function PersonPart({ view, codes, asked }: PersonPartProps) {
  const { t } = useTranslation('caseFile');
  const rows = useFactRows(codes);
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const details = ref.current?.querySelector('details');
    if (asked === 0 || !details) return;
    details.open = true;
    details.scrollIntoView();
    details.querySelector('summary')?.focus();
  }, [asked]);
  return (
    <section aria-label={t(view.kind === 'trafficking' ? 'person.trafficked' : 'person.title')}>
      <h2>{t(view.kind === 'trafficking' ? 'person.trafficked' : 'person.title')}</h2>
      <div ref={ref}>
        <ClosedSection heading={t('person.secret')} note={t('person.secretNote')} isOpen={asked > 0}>
          <Contact view={view} codes={codes} />
          <SummaryList rows={rows(identityFacts(view.survivor))} />
        </ClosedSection>
      </div>
      <SummaryList rows={rows(survivorFacts(view.survivor))} />
      <ChangePeople view={view} part="person" />
    </section>
  );
}

function Contact({ view, codes }: Omit<PersonPartProps, 'asked'>) {
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
