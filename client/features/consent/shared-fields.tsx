import { useTranslation } from 'react-i18next';
import type { Words } from '../../locales/vi.ts';
import { CheckboxesField } from '../../ui/checkboxes-field.tsx';
import type { FieldBinding } from '../../ui/field-id.ts';
import { useNameOf } from '../directory/use-directory.ts';
import type { SharedField } from './shares.ts';

type ConsentWords = Words['consent'];

export type SharedFieldsProps = FieldBinding<readonly string[]> & { fields: readonly SharedField[] };

/** What may be shared with this agency, each with why; ticked is what it needs by default. */
export function SharedFields({ fields, ...field }: SharedFieldsProps) {
  const { t } = useTranslation('consent');
  const nameOf = useNameOf();
  function why({ field: name, share, form, isHeld }: SharedField): string {
    return [
      isHeld ? '' : t('new.notHeld'),
      t(share === 'ask' ? 'new.onlyIfAsked' : 'new.needed'),
      t(`why.${name as keyof ConsentWords['why']}`, { defaultValue: '' }),
      form === null ? '' : t(`form.${form as keyof ConsentWords['form']}`, { defaultValue: '' }),
    ]
      .filter((part) => part !== '')
      .join(' ');
  }
  return (
    <CheckboxesField
      {...field}
      label={t('new.fields')}
      hint={t('new.fieldsHint')}
      choices={fields.map((each) => ({ value: each.field, label: nameOf(each), hint: why(each) }))}
    />
  );
}
