import { useTranslation } from 'react-i18next';
import type { ConsentView } from '../../../server/consent/consent.contract.ts';
import { Loaded } from '../../app/loaded.tsx';
import { paths } from '../../app/paths.ts';
import { useRead } from '../../app/use-read.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { formatDate } from '../../ui/dates.ts';
import { useStatedPurpose } from '../safeguards/stated-purpose.ts';
import { useNameOf } from '../directory/use-directory.ts';

/** To whom she has agreed, and until when; the terms and the withdrawal have a screen of their own. */
export function ConsentsPart({ caseId }: { caseId: string }) {
  const { t } = useTranslation('caseFile');
  const nameOf = useNameOf();
  const read = useRead<{ items: ConsentView[] }>(`/api/cases/${caseId}/consents`, useStatedPurpose(caseId).options);
  return (
    <section aria-label={t('consents.title')}>
      <h2>{t('consents.title')}</h2>
      <Loaded read={read}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('consents.none')}</p>
          ) : (
            <ul className="plain-lines">
              {items.map(({ id, recipientAgency, state, validUntil, withdrawnAt }) => (
                <li key={id}>
                  <strong>{nameOf(recipientAgency)}</strong> ·{' '}
                  {t(`consents.${state}`, {
                    day: formatDate(state === 'withdrawn' ? (withdrawnAt ?? '') : validUntil),
                  })}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <p>
        <ButtonLink look="plain" to={paths.terms(caseId)}>
          {t('consents.open')}
        </ButtonLink>
      </p>
    </section>
  );
}
