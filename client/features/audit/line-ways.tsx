import { useTranslation } from 'react-i18next';
import type { AuditLine } from '../../../server/audit/audit.contract.ts';
import { useMe } from '../../app/session/use-session.ts';
import { Button } from '../../ui/button.tsx';
import { DownloadButton } from './download-button.tsx';
import { useFindAbout } from './selection.ts';

/** What an auditor can do with one line: take its proof away, record a finding, ask whoever did it. */
export function LineWays({ line, sentence }: { line: AuditLine; sentence: string }) {
  const { t } = useTranslation('review');
  const { staff } = useMe();
  const findAbout = useFindAbout();
  const { id, actor } = line;
  function go(isAsking: boolean): void {
    if (actor !== null) findAbout({ actor, events: [{ id, sentence }], rule: null, isAsking });
  }
  return (
    <div className="line-ways">
      <DownloadButton
        path={`/api/audit/events/${id}/proof`}
        label={t('line.proof')}
        busy={t('line.proofBusy')}
        done={t('line.proofDone')}
        fileName={`${id}.tlog-proof`}
        about={sentence}
      />
      {actor === null || actor.id === staff.id ? null : (
        <>
          <Button onClick={() => go(false)}>
            {t('line.find')}
            <span className="unseen">: {sentence}</span>
          </Button>
          <Button look="quiet" onClick={() => go(true)}>
            {t('line.ask')}
            <span className="unseen">: {sentence}</span>
          </Button>
        </>
      )}
    </div>
  );
}
