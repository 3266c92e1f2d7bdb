import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ReferralLine } from '../../../server/referrals/referrals.contract.ts';
import { paths } from '../../app/paths.ts';
import { ContextualDate } from '../../ui/contextual-date.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';
import { useAgeWords } from '../../ui/use-age-words.ts';
import { toneOf } from '../referral/state-tone.ts';
import type { Naming } from '../referral/with-names.tsx';
import { awaitsAnswer, mayOpen, type Reader } from './inbox-groups.ts';

export type InboxLineProps = { line: ReferralLine; reader: Reader; naming: Naming };

/** One referral in words; what can be opened is one large link. */
export function InboxLine({ line, reader, naming }: InboxLineProps) {
  const { state, notice, isMine } = line;
  const { t } = useTranslation('inbox');
  return (
    <li className="inbox-line">
      <h3 className="inbox-need">
        <Heading line={line} reader={reader} naming={naming} />
      </h3>
      <p className="inbox-tags">
        <StatusTag tone={toneOf(state)}>{naming.codes.name('referral_state', state)}</StatusTag>{' '}
        {isMine ? <StatusTag tone="action">{t('mine')}</StatusTag> : null}{' '}
        {notice?.isChild ? <StatusTag tone="warning">{t('child')}</StatusTag> : null}
      </p>
      <Facts line={line} naming={naming} />
      <Times line={line} />
      {notice !== null && !mayOpen(line, reader) ? <p>{t('notYours')}</p> : null}
    </li>
  );
}

function Facts({ line, naming }: Omit<InboxLineProps, 'reader'>) {
  const { t } = useTranslation('inbox');
  const { state, notice, box, partner } = line;
  if (notice === null) return isDraft(line) ? null : <p>{t(`gone.${goneOf(state)}`)}</p>;
  return (
    <>
      <p>{t('urgency', { urgency: naming.codes.name('urgency', notice.urgency) })}</p>
      <p>
        {t('area', { area: naming.names.area(notice.areaCode) })} ·{' '}
        {t(box === 'inbox' ? 'from' : 'to', { agency: naming.agency(partner) })}
      </p>
    </>
  );
}

function isDraft({ state }: ReferralLine): boolean {
  return state === 'draft' || state === 'awaiting_consent';
}

function Heading({ line, reader, naming }: InboxLineProps) {
  const { t } = useTranslation('inbox');
  const { id, notice, partner, caseId } = line;
  const agency = naming.agency(partner);
  if (isDraft(line)) {
    const name = t('continueDraft', { agency });
    return caseId === null ? name : <LineLink to={paths.continueRefer(caseId, id)}>{name}</LineLink>;
  }
  if (notice === null) return t('goneTitle', { agency });
  const need = naming.names.service(notice.service);
  return mayOpen(line, reader) ? <LineLink to={paths.message(id)}>{t('open', { need })}</LineLink> : need;
}

function LineLink({ to, children }: { to: string; children: string }) {
  return (
    <Link className="inbox-link" to={to} replace>
      {children}
    </Link>
  );
}

function Times({ line }: { line: ReferralLine }) {
  const { t } = useTranslation('inbox');
  const ago = useAgeWords();
  if (line.sentAt === null) return null;
  return (
    <p className="inbox-times">
      {t('sent', { ago: ago(line.sentAt) })}
      {awaitsAnswer(line) && line.dueAt !== null ? (
        <>
          {' · '}
          {t('answer')} <ContextualDate due={line.dueAt} />
        </>
      ) : null}
    </p>
  );
}

function goneOf(state: ReferralLine['state']): 'withdrawn' | 'recalled' | 'other' {
  return state === 'withdrawn' || state === 'recalled' ? state : 'other';
}
