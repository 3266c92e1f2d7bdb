import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Seal } from '../../../server/audit/audit.contract.ts';
import { ApiProblem, networkProblem } from '../../app/api/problem.ts';
import { Loaded } from '../../app/loaded.tsx';
import { paths } from '../../app/paths.ts';
import { useApi } from '../../app/session/use-session.ts';
import { useRead } from '../../app/use-read.ts';
import { Button } from '../../ui/button.tsx';
import { formatDate, formatDateTime } from '../../ui/dates.ts';
import { Icon } from '../../ui/icons.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ReplaceLink } from '../../ui/replace-link.tsx';
import './figure.css';
import { SealStrip, SealTable } from './seal-strip.tsx';
import { ageOf, checkedSince, stateOfDay, stateOfSeal } from './seal.ts';

const SEAL = '/api/audit/seal';

/** Whether the log can be trusted: in words first, then a picture of its days, then who confirms it. */
export function SealPart() {
  const { t } = useTranslation('review');
  const read = useRead<Seal>(SEAL);
  return (
    <section aria-labelledby="seal-heading">
      <h2 id="seal-heading">{t('seal.title')}</h2>
      <Loaded read={read}>{(seal) => <Picture seal={seal} />}</Loaded>
    </section>
  );
}

function Picture({ seal }: { seal: Seal }) {
  const { t } = useTranslation('review');
  const { days, checkpoint, mergeDelayMs } = seal;
  const broken = days.filter((day) => stateOfDay(day) === 'broken');
  const [first] = days;
  const last = days.at(-1);
  return (
    <figure className="figure">
      <figcaption>
        <Verdict seal={seal} brokenDays={broken.length} />
        {broken.map((day) => (
          <p key={day.day}>{t('seal.brokenDay', { day: formatDate(day.day), count: day.broken })}</p>
        ))}
        {checkpoint === null ? null : (
          <p>
            {t('seal.latest', { at: formatDateTime(checkpoint.signedAt), size: checkpoint.size })}{' '}
            {mergeDelayMs >= 1000 ? t('seal.delay', { count: Math.round(mergeDelayMs / 1000) }) : null}
          </p>
        )}
        <Witnesses seal={seal} />
        {first && last ? <p>{t('seal.caption', { from: formatDate(first.day), to: formatDate(last.day) })}</p> : null}
      </figcaption>
      <SealStrip days={days} />
      <Checked days={days} />
      <SealTable days={days} />
      <p>
        <ReplaceLink to={paths.seal}>{t('seal.verify')}</ReplaceLink>
      </p>
    </figure>
  );
}

function Verdict({ seal, brokenDays }: { seal: Seal; brokenDays: number }) {
  const { t } = useTranslation('review');
  const state = stateOfSeal(seal);
  if (state === 'broken')
    return (
      <p className="seal-verdict seal-verdict-broken">
        <Icon name="warning" />
        {t('seal.broken', { count: brokenDays })}
      </p>
    );
  if (state === 'none')
    return (
      <>
        <p className="seal-verdict">
          <Icon name="warning" />
          {t('seal.none')}
        </p>
        <p>{t('seal.noneWhy')}</p>
      </>
    );
  return (
    <p className="seal-verdict">
      <Icon name="check" />
      <span>
        {t('seal.whole')} <span className="seal-why">{t('seal.wholeWhy')}</span>
      </span>
    </p>
  );
}

/** When the days were checked: not each look hashes a month of events, and the auditor may ask for it. */
function Checked({ days }: Pick<Seal, 'days'>) {
  const { t } = useTranslation('review');
  const api = useApi();
  const client = useQueryClient();
  const again = useMutation({
    mutationFn: () => api.get<Seal>(`${SEAL}?anew=true`),
    onSuccess: () => client.invalidateQueries({ queryKey: [SEAL] }),
  });
  const since = checkedSince(days);
  if (since === null) return null;
  return (
    <>
      <p>{t('seal.checked', { at: formatDateTime(since) })}</p>
      <Button isBusy={again.isPending} onClick={() => again.mutate()}>
        {t('seal.checkAgain')}
      </Button>
      {again.error ? (
        <ProblemNotice
          problem={again.error instanceof ApiProblem ? again.error : networkProblem()}
          onRetry={() => again.mutate()}
        />
      ) : null}
    </>
  );
}

/** How many outsiders have confirmed the log, and how long ago. */
function Witnesses({ seal: { quorum, witnesses } }: { seal: Seal }) {
  const { t } = useTranslation('review');
  const age = useAge();
  if (witnesses.length === 0) return <p>{t('seal.witnesses.none')}</p>;
  const { met, needed, cosignedAt } = quorum;
  return (
    <>
      <p>
        {met && cosignedAt !== null
          ? t('seal.witnesses.met', { count: needed, age: age(cosignedAt), at: formatDateTime(cosignedAt) })
          : t('seal.witnesses.unmet', { count: needed })}
      </p>
      <ul>
        {witnesses.map(({ name, cosignedAt: at }) => (
          <li key={name}>
            {at === null
              ? t('seal.witnesses.never', { name })
              : t('seal.witnesses.one', { name, at: formatDateTime(at) })}
          </li>
        ))}
      </ul>
    </>
  );
}

function useAge(): (at: string) => string {
  const { t } = useTranslation('review');
  return (at) => {
    const age = ageOf(at, Date.now());
    return 'count' in age ? t(`seal.age.${age.kind}`, { count: age.count }) : t('seal.age.now');
  };
}
