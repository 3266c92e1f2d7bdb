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
import { useAgeWords } from '../../ui/use-age-words.ts';
import './figure.css';
import { SealStrip, SealTable } from './seal-strip.tsx';
import { checkedSince, stateOfDay, stateOfSeal } from './seal.ts';

const SEAL = '/api/audit/seal';

/** Whether the log can be trusted: in words first, then a picture of its days, then who confirms it. */
export function SealPart() {
  const { t } = useTranslation('seal');
  const read = useRead<Seal>(SEAL);
  return (
    <section aria-labelledby="seal-heading">
      <h2 id="seal-heading">{t('title')}</h2>
      <Loaded read={read}>{(seal) => <Picture seal={seal} />}</Loaded>
    </section>
  );
}

function Picture({ seal }: { seal: Seal }) {
  const { t } = useTranslation('seal');
  const { days, checkpoint, mergeDelayMs } = seal;
  const broken = days.filter((day) => stateOfDay(day) === 'broken');
  const [first] = days;
  const last = days.at(-1);
  return (
    <figure className="figure">
      <figcaption>
        <Verdict seal={seal} brokenDays={broken.length} />
        {broken.map((day) => (
          <p key={day.day}>{t('brokenDay', { day: formatDate(day.day), count: day.broken })}</p>
        ))}
        {checkpoint === null ? null : (
          <p>
            {t('latest', { at: formatDateTime(checkpoint.signedAt), size: checkpoint.size })}{' '}
            {mergeDelayMs >= 1000 ? t('delay', { count: Math.round(mergeDelayMs / 1000) }) : null}
          </p>
        )}
        <Witnesses seal={seal} />
        {first && last ? <p>{t('caption', { from: formatDate(first.day), to: formatDate(last.day) })}</p> : null}
      </figcaption>
      <SealStrip days={days} />
      <Checked days={days} />
      <SealTable days={days} />
      <p>
        <ReplaceLink to={paths.seal}>{t('verifyLink')}</ReplaceLink>
      </p>
    </figure>
  );
}

function Verdict({ seal, brokenDays }: { seal: Seal; brokenDays: number }) {
  const { t } = useTranslation('seal');
  const state = stateOfSeal(seal);
  if (state === 'broken')
    return (
      <p className="seal-verdict seal-verdict-broken">
        <Icon name="warning" />
        {t('broken', { count: brokenDays })}
      </p>
    );
  if (state === 'none')
    return (
      <>
        <p className="seal-verdict">
          <Icon name="warning" />
          {t('none')}
        </p>
        <p>{t('noneWhy')}</p>
      </>
    );
  return (
    <p className="seal-verdict">
      <Icon name="check" />
      <span>
        {t('whole')} <span className="seal-why">{t('wholeWhy')}</span>
      </span>
    </p>
  );
}

/** When the days were checked: not each look hashes a month of events, and the auditor may ask for it. */
function Checked({ days }: Pick<Seal, 'days'>) {
  const { t } = useTranslation('seal');
  const api = useApi();
  const client = useQueryClient();
  const again = useMutation({
    mutationFn: () => api.get<Seal>(`${SEAL}?anew=true`),
    onSuccess: (answer) => void client.setQueriesData({ queryKey: [SEAL] }, answer),
  });
  const since = checkedSince(days);
  if (since === null) return null;
  return (
    <>
      <p role="status">{t('checked', { at: formatDateTime(since) })}</p>
      <p className="seal-again">
        <Button isBusy={again.isPending} onClick={() => again.mutate()}>
          {t('checkAgain')}
        </Button>
      </p>
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
  const { t } = useTranslation('seal');
  const ago = useAgeWords();
  if (witnesses.length === 0) return <p>{t('witnesses.none')}</p>;
  const { met, needed, cosignedAt } = quorum;
  return (
    <>
      <p>
        {met && cosignedAt !== null
          ? t('witnesses.met', { count: needed, ago: ago(cosignedAt), at: formatDateTime(cosignedAt) })
          : t('witnesses.unmet', { count: needed })}
      </p>
      <ul>
        {witnesses.map(({ name, cosignedAt: at }) => (
          <li key={name}>
            {at === null ? t('witnesses.never', { name }) : t('witnesses.one', { name, at: formatDateTime(at) })}
          </li>
        ))}
      </ul>
    </>
  );
}
