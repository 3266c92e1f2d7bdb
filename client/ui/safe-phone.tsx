import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { Icon } from './icons.tsx';
import './safe-phone.css';

export type SafePhoneProps = {
  /** Sentences such as "Gọi trong khoảng 8–10 giờ" or "Không để lại lời nhắn"; an empty list is a warning of its own. */
  rules: readonly string[];
  number: string;
};

/** A wrong call can be heard by the wrong person: the number stays hidden until the rules have been read. */
export function SafePhone({ rules, number }: SafePhoneProps) {
  const { t } = useTranslation('ui');
  const [isShown, setShown] = useState(false);
  return (
    <div className="safe-phone">
      <p className="safe-phone-heading">
        <Icon name="warning" />
        {rules.length > 0 ? t('phone.rules') : t('phone.noRules')}
      </p>
      {rules.length > 0 ? (
        <ul>
          {rules.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
      ) : null}
      <div className="safe-phone-number" aria-live="polite">
        {isShown ? (
          <a href={`tel:${number.replaceAll(/[^\d+]/g, '')}`}>
            <Icon name="phone" />
            <span className="unseen">{t('phone.number')}: </span>
            {number}
          </a>
        ) : null}
        <Button onClick={() => setShown(!isShown)}>{t(isShown ? 'phone.hide' : 'phone.reveal')}</Button>
      </div>
    </div>
  );
}
