import { useTranslation } from 'react-i18next';
import type { AuditLine } from '../../../server/audit/audit.contract.ts';
import { formatDateTime } from '../../ui/dates.ts';
import { Icon } from '../../ui/icons.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';
import { SummaryList, type SummaryRow } from '../../ui/summary-list.tsx';
import type { Codes } from '../directory/codes.ts';
import { useNameOf } from '../directory/use-directory.ts';
import { LineWays } from './line-ways.tsx';
import type { AuditWords } from './use-audit-words.ts';

export type AuditLineProps = {
  line: AuditLine;
  words: AuditWords;
  codes: Codes;
  purpose: (code: string) => string;
};

/** One event as a sentence: who did what, when, why, by which rule; everything else on demand. */
export function AuditLineItem({ line, words, codes, purpose }: AuditLineProps) {
  const { t } = useTranslation('audit');
  const { outcome, occurredAt, isDemonstration } = line;
  const rest = [
    line.purpose === null ? '' : t('sentence.purpose', { purpose: purpose(line.purpose) }),
    words.rules(line),
  ].filter((part) => part !== '');
  return (
    <li className="audit-line">
      <p className="audit-sentence">
        {outcome === 'done' ? null : <Icon name="warning" />}
        <span>{words.sentence(line)}</span>
      </p>
      <p className="audit-rest">
        {outcome === 'done' ? null : <StatusTag tone="danger">{t(`outcome.${outcome}`)}</StatusTag>}{' '}
        {isDemonstration ? <StatusTag>{t('demonstration')}</StatusTag> : null}{' '}
        <time dateTime={occurredAt}>{formatDateTime(occurredAt)}</time>
        {rest.map((part) => ` · ${part}`).join('')}
      </p>
      <details className="audit-details">
        <summary>
          {t('details.title')}
          <span className="unseen">: {words.sentence(line)}</span>
        </summary>
        <LineWays line={line} sentence={words.sentence(line)} />
        <Details line={line} words={words} codes={codes} />
      </details>
    </li>
  );
}

function Details({ line, words, codes }: Omit<AuditLineProps, 'purpose'>) {
  const { t } = useTranslation('audit');
  const nameOf = useNameOf();
  const rows: SummaryRow[] = [
    { label: t('details.occurred'), value: formatDateTime(line.occurredAt) },
    { label: t('details.recorded'), value: formatDateTime(line.recordedAt) },
    { label: t('details.roles'), value: codes.names('role', line.roles) },
    { label: t('details.owner'), value: line.ownerAgency === null ? '' : nameOf(line.ownerAgency) },
    { label: t('details.object'), value: line.objectKind === null ? '' : words.object(line.objectKind) },
    { label: t('details.objectId'), value: line.objectId ?? '' },
    { label: t('details.compartments'), value: words.compartments(line.compartments) },
    { label: t('details.fields'), value: words.fields(line.fields) },
    { label: t('details.count'), value: line.count === null ? '' : String(line.count) },
    { label: t('details.request'), value: line.requestId },
    { label: t('details.event'), value: line.id },
  ];
  return (
    <>
      {line.isDemonstration ? <p>{t('details.demonstration')}</p> : null}
      <SummaryList rows={rows.filter(({ value }) => value !== '')} />
    </>
  );
}
