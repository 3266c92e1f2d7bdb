import { useTranslation } from 'react-i18next';
import { SelectField } from '../../ui/select-field.tsx';
import { WithCodes } from '../directory/with-codes.tsx';

export type StageFilterProps = { stage: string; onChange: (stage: string) => void };

/** Narrows the agency's list; always in sight, so nobody forgets that it is on. */
export function StageFilter({ stage, onChange }: StageFilterProps) {
  const { t } = useTranslation('myWork');
  return (
    <WithCodes lists={['case_stage']}>
      {(codes) => (
        <SelectField
          name="stage"
          label={t('stage')}
          value={stage}
          onChange={onChange}
          error={undefined}
          emptyLabel={t('allStages')}
          choices={codes.choices('case_stage')}
        />
      )}
    </WithCodes>
  );
}
