import { useTranslation } from 'react-i18next';
import { paths } from '../../app/paths.ts';
import { ReplaceLink } from '../../ui/replace-link.tsx';
import { TimelineList } from '../../ui/timeline-list.tsx';
import { useNameOf } from '../directory/use-directory.ts';
import { deedName } from './deed-name.ts';
import { gapsOf } from './words-of-time.ts';
import type { CaseHead } from './opened-case.ts';

/** What was done, newest on top, ours and the partners'; silence is said in words. */
export function TimelinePart({ view }: { view: CaseHead }) {
  const { t } = useTranslation('caseFile');
  const nameOf = useNameOf();
  const { timeline, stage } = view;
  // A closed case is silent by right: only silence between deeds counts.
  const gaps = gapsOf(
    timeline.map(({ at }) => at),
    stage === 'closed' ? 0 : Date.now(),
  );
  const [sinceNewest = 0] = gaps;
  return (
    <section aria-label={t('timeline.title')}>
      <h2>{t('timeline.title')}</h2>
      <p>{t('timeline.lanes')}</p>
      {sinceNewest > 0 ? <p className="gap">{t('timeline.gap', { count: sinceNewest })}</p> : null}
      <TimelineList
        items={timeline.map(({ at, lane, action, actor, referralId }, index) => ({
          id: `${at} ${action} ${String(index)}`,
          at,
          lane,
          what: t(`timeline.deed.${deedName(action)}`),
          who:
            actor === null
              ? t('timeline.system')
              : [actor.displayName, nameOf(actor.agency)].filter(Boolean).join(' · '),
          details: (
            <>
              {referralId === null || action === 'referral.draft' ? null : (
                <ReplaceLink to={paths.message(referralId)}>{t('timeline.openReferral')}</ReplaceLink>
              )}
              <Gap days={gaps[index + 1] ?? 0} />
            </>
          ),
        }))}
      />
    </section>
  );
}

/** Between this deed and the one before it; the longer the silence, the more room it takes. */
function Gap({ days }: { days: number }) {
  const { t } = useTranslation('caseFile');
  if (days === 0) return null;
  return <p className={days > 30 ? 'gap gap-long' : 'gap'}>{t('timeline.gap', { count: days })}</p>;
}
