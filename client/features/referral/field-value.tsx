import { SafePhone } from '../../ui/safe-phone.tsx';
import { useTranslation } from 'react-i18next';
import './field-value.css';
import { factsOf, type Fact } from './field-facts.ts';
import { safeContactOf } from './safe-contact.ts';
import type { Naming } from './with-names.tsx';

export type FieldValueProps = { field: string; value: unknown; naming: Naming };

/** One value, the same wherever it is seen: before sending, in the envelope, on paper (`PrintedValue` there). */
export function FieldValue({ field, value, naming }: FieldValueProps) {
  if (field === 'safe_contact') return <SafeContactValue value={value} naming={naming} />;
  return <FactGroups groups={factsOf(field, value, naming.names)} />;
}

/** On paper nothing can be revealed by a tap: the rules stand above the number. */
export function PrintedValue({ field, value, naming }: FieldValueProps) {
  if (field !== 'safe_contact') return <FactGroups groups={factsOf(field, value, naming.names)} />;
  const { rules, phone } = safeContactOf(value, naming.safe);
  return (
    <>
      <Rules rules={rules} />
      {phone === null ? null : <p className="field-text">{phone}</p>}
    </>
  );
}

function SafeContactValue({ value, naming }: { value: unknown; naming: Naming }) {
  const { t } = useTranslation('envelope');
  const { rules, phone } = safeContactOf(value, naming.safe);
  if (phone !== null) return <SafePhone rules={rules} number={phone} />;
  return (
    <>
      <Rules rules={rules} />
      <p className="field-text">{t('safe.noNumber')}</p>
    </>
  );
}

function Rules({ rules }: { rules: readonly string[] }) {
  return (
    <ul className="field-rules">
      {rules.map((rule) => (
        <li key={rule}>{rule}</li>
      ))}
    </ul>
  );
}

function FactGroups({ groups }: { groups: readonly (readonly Fact[])[] }) {
  return groups.map((facts, index) => <FactGroup key={String(index)} facts={facts} />);
}

function FactGroup({ facts }: { facts: readonly Fact[] }) {
  const [first] = facts;
  if (first === undefined) return null;
  if (first.label === null) return <p className="field-text">{first.text}</p>;
  return (
    <ul className="field-facts">
      {facts.map(({ label, text }) => (
        <li key={label}>
          {label}: {text}
        </li>
      ))}
    </ul>
  );
}
