import { useTranslation } from 'react-i18next';
import type { Choice } from '../../ui/field-id.ts';

/** Empty boxes and lines for an answer by hand, where there is no screen. */
export function HandwrittenPart({ outcomes }: { outcomes: readonly Choice[] }) {
  const { t } = useTranslation('slip');
  return (
    <section className="sheet-hand" aria-label={t('sheet.feedback')}>
      <h3>{t('sheet.feedback')}</h3>
      <Line label={t('sheet.received')} />
      <p>
        {t('sheet.answer')}: <Box /> {t('sheet.accepted')} <Box /> {t('sheet.declined')}: <Blank />
      </p>
      <p>{t('sheet.outcome')}:</p>
      <ul className="sheet-boxes">
        {outcomes.map(({ value, label }) => (
          <li key={value}>
            <Box /> {label}
          </li>
        ))}
      </ul>
      <Line label={t('sheet.services')} />
      <Line label={t('sheet.handler')} />
      <div className="sheet-signatures">
        <Signature label={t('sheet.signSender')} />
        <Signature label={t('sheet.signReceiver')} />
      </div>
    </section>
  );
}

function Line({ label }: { label: string }) {
  return (
    <p className="sheet-line">
      {label}: <Blank />
    </p>
  );
}

function Blank() {
  return <span className="sheet-blank" aria-hidden="true" />;
}

function Box() {
  return <span className="sheet-box" aria-hidden="true" />;
}

function Signature({ label }: { label: string }) {
  const { t } = useTranslation('slip');
  return (
    <p>
      <strong>{label}</strong>
      <br />
      {t('sheet.signHint')}
    </p>
  );
}
