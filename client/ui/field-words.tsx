import { useTranslation } from 'react-i18next';

export function useLabel(label: string, isOptional: boolean | undefined): string {
  const { t } = useTranslation('ui');
  return isOptional ? t('optional', { label }) : label;
}

/** The word "error" is heard, not only seen as a colour. */
export function FieldError({ message }: { message: string }) {
  const { t } = useTranslation('ui');
  return (
    <>
      <span className="unseen">{t('errorPrefix')} </span>
      {message}
    </>
  );
}
