import { useEffect, useRef, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import './error-summary.css';
import { fieldId } from './field-id.ts';
import { Icon } from './icons.tsx';

export type SummaryError = {
  /** The field's name; without it the line is about the whole form and is not a link. */
  field?: string;
  message: string;
};

export type ErrorSummaryProps = {
  errors: readonly SummaryError[];
  /** Number of failed attempts so far: each new one takes the focus again. */
  attempt: number;
};

/** On top of a form: takes the focus when sending failed and leads to each field. Shows nothing without errors. */
export function ErrorSummary({ errors, attempt }: ErrorSummaryProps) {
  const { t } = useTranslation('ui');
  const ref = useRef<HTMLDivElement>(null);
  const hasErrors = errors.length > 0;
  useEffect(() => {
    if (hasErrors) ref.current?.focus();
  }, [attempt, hasErrors]);
  if (!hasErrors) return null;
  return (
    <div className="error-summary" role="alert" ref={ref} tabIndex={-1}>
      <h2 className="error-summary-heading">
        <Icon name="warning" />
        {t('errorSummary')}
      </h2>
      <ul>
        {errors.map((error) => (
          <li key={`${error.field ?? ''} ${error.message}`}>
            <ErrorLine error={error} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function ErrorLine({ error: { field, message } }: { error: SummaryError }) {
  if (field === undefined) return <p>{message}</p>;
  const id = fieldId(field);
  function jump(event: MouseEvent): void {
    // A fragment in the address would be one more step in the history.
    event.preventDefault();
    document.getElementById(id)?.focus();
  }
  return (
    <a href={`#${id}`} onClick={jump}>
      {message}
    </a>
  );
}
