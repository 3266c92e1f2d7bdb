import { useTranslation } from 'react-i18next';
import { useNameOf } from '../directory/use-directory.ts';
import type { SharedField } from './shares.ts';
import './consent.css';

export type WhoSeesProps = {
  fields: readonly SharedField[];
  chosen: readonly string[];
  recipient: string;
  /** `27/03/2026`. */
  until: string;
};

/** Who can see what once this is recorded; to be shown to her before she agrees. */
export function WhoSees({ fields, chosen, recipient, until }: WhoSeesProps) {
  const { t } = useTranslation('consent');
  const nameOf = useNameOf();
  return (
    // Wider than a phone with long names: the table scrolls, and the keyboard can scroll it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="who-sees" role="region" aria-label={t('who.title')} tabIndex={0}>
      <table>
        <caption>{t('who.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('who.what')}</th>
            <th scope="col">{t('who.us')}</th>
            <th scope="col">{recipient}</th>
            <th scope="col">{t('who.others')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field.field}>
              <th scope="row">{nameOf(field)}</th>
              <td>{t('who.yes')}</td>
              <td className={chosen.includes(field.field) ? 'who-sees-yes' : undefined}>
                {chosen.includes(field.field) ? t('who.until', { day: until }) : t('who.no')}
              </td>
              <td>{t('who.no')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
