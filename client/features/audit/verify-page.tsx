import { useTranslation } from 'react-i18next';
import type { Seal } from '../../../server/audit/audit.contract.ts';
import { Loaded } from '../../app/loaded.tsx';
import { useRead } from '../../app/use-read.ts';
import { dayIn } from '../../ui/dates.ts';
import { Page } from '../../ui/page.tsx';
import { DownloadButton } from './download-button.tsx';
import './figure.css';

/** How anybody checks the log without believing us: the seal, the key, the command. */
export function Component() {
  const { t } = useTranslation('seal');
  const read = useRead<Seal>('/api/audit/seal');
  return (
    <Page heading={t('verify.title')} tab="check">
      <p>{t('verify.why')}</p>
      <Loaded read={read}>{(seal) => <Steps seal={seal} />}</Loaded>
      <p>{t('verify.single')}</p>
    </Page>
  );
}

function Steps({ seal }: { seal: Seal }) {
  const { t } = useTranslation('seal');
  const { vkey, origin, witnesses, quorum } = seal;
  const gaps = { folder: t('verify.gaps.folder'), key: t('verify.gaps.key'), known: t('verify.gaps.known') };
  return (
    <>
      <h2>{t('verify.first')}</h2>
      <p>{t('verify.firstHow')}</p>
      <DownloadButton
        path="/api/audit/checkpoint"
        label={t('verify.checkpoint')}
        busy={t('verify.checkpointBusy')}
        done={t('verify.checkpointDone')}
        fileName={`checkpoint-${dayIn(Date.now())}.txt`}
      />
      <h2>{t('verify.second')}</h2>
      <p>{t('verify.secondHow')}</p>
      {vkey === null ? (
        <p>{t('verify.noKey')}</p>
      ) : (
        <>
          <Words label={t('verify.log')} words={origin ?? ''} />
          <Words label={t('verify.key')} words={vkey} />
        </>
      )}
      {witnesses.length === 0 ? null : (
        <>
          <p>{t('verify.witnesses', { count: quorum.needed, all: witnesses.length })}</p>
          {witnesses.map(({ name, vkey: key }) => (
            <Words key={name} label={t('verify.witness', { name })} words={key} />
          ))}
        </>
      )}
      <h2>{t('verify.third')}</h2>
      <p>{t('verify.thirdHow', gaps)}</p>
      <Words label={t('verify.command')} words={commandFor(seal, gaps)} />
      <p>{t('verify.result')}</p>
    </>
  );
}

/** As it is typed into a terminal of any system; keys stand in quotes for their plus signs. */
function commandFor(
  { vkey, witnesses }: Seal,
  { folder, key, known }: Record<'folder' | 'key' | 'known', string>,
): string {
  const others = witnesses.map((witness) => ` --witness '${witness.vkey}'`).join('');
  return `npm run audit:verify -- ${folder} --vkey '${vkey ?? key}'${others} --known ${known}`;
}

function Words({ label, words }: { label: string; words: string }) {
  return (
    <figure className="figure">
      <figcaption>{label}</figcaption>
      <p className="verify-words" translate="no">
        {words}
      </p>
    </figure>
  );
}
