import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReferralLine } from '../../../server/referrals/referrals.contract.ts';
import { Loaded } from '../../app/loaded.tsx';
import { paths } from '../../app/paths.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { ContextualDate } from '../../ui/contextual-date.tsx';
import { ReplaceLink } from '../../ui/replace-link.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';
import type { Codes } from '../directory/codes.ts';
import { useNameOf, useServices } from '../directory/use-directory.ts';
import { toneOf } from '../referral/state-tone.ts';
import { useSentReferrals } from './use-sent-referrals.ts';

export type ReferralsPartProps = {
  caseId: string;
  codes: Codes;
  mayRefer: boolean;
  /** Whether the person came for this list. */
  isTarget: boolean;
};

/** What was sent for this case, to whom, and what became of it. */
export function ReferralsPart({ caseId, codes, mayRefer, isTarget }: ReferralsPartProps) {
  const { t } = useTranslation('caseFile');
  const read = useSentReferrals(caseId);
  const heading = useRef<HTMLHeadingElement>(null);
  const isThere = read.data !== undefined;
  useEffect(() => {
    if (isTarget && isThere) heading.current?.focus();
  }, [isTarget, isThere]);
  return (
    <section aria-label={t('referrals.title')}>
      <h2 ref={heading} tabIndex={-1}>
        {t('referrals.title')}
      </h2>
      <Loaded read={read}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('referrals.none')}</p>
          ) : (
            <ul className="plain-lines">
              {items.map((line) => (
                <Line key={line.id} line={line} caseId={caseId} codes={codes} mayRefer={mayRefer} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {mayRefer && read.data && read.data.data.items.length > 0 ? (
        <p>
          <ButtonLink look="plain" to={paths.refer(caseId)}>
            {t('referrals.add')}
          </ButtonLink>
        </p>
      ) : null}
    </section>
  );
}

type LineProps = { line: ReferralLine; caseId: string; codes: Codes; mayRefer: boolean };

function Line({ line, caseId, codes, mayRefer }: LineProps) {
  const { t } = useTranslation('caseFile');
  const { id, state, dueAt } = line;
  const isDraft = state === 'draft' || state === 'awaiting_consent';
  const isWaiting = state === 'sent' || state === 'received';
  const name = useLineName(line);
  return (
    <li>
      {isDraft && !mayRefer ? (
        name
      ) : (
        <ReplaceLink to={isDraft ? paths.continueRefer(caseId, id) : paths.message(id)}>{name}</ReplaceLink>
      )}
      <p>
        <StatusTag tone={toneOf(state)}>{codes.name('referral_state', state)}</StatusTag>{' '}
        {isWaiting && dueAt !== null ? (
          <span>
            {t('referrals.answer')} <ContextualDate due={dueAt} />
          </span>
        ) : null}
      </p>
    </li>
  );
}

/** "Legal aid – State Legal-Aid Centre"; a draft has no notice yet and is known by its recipient. */
function useLineName({ notice, partner }: ReferralLine): string {
  const nameOf = useNameOf();
  const services = useServices().data?.data.items ?? [];
  const service = services.find(({ code }) => code === notice?.service);
  return [service ? nameOf(service) : '', nameOf(partner)].filter(Boolean).join(' – ');
}
