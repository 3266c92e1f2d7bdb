import { useTranslation } from 'react-i18next';
import { useKeptForm, type FieldMessages } from '../../app/kept/use-kept-form.ts';
import { dayIn } from '../../ui/dates.ts';
import type { Codes } from '../directory/codes.ts';
import { useCodes, type CodesRead } from '../directory/use-codes.ts';
import { inWords } from './fault-words.ts';
import { faultsOf, type FaultsContext } from './faults.ts';
import { formKey, type RegistrationForm } from './form.ts';
import { checking, themePages } from './pages.ts';
import { countingRisk } from '../directory/risk.ts';
import type { RegistrationValues } from './values.ts';

/** What the faults of the whole depend on. */
const decisiveLists = ['risk_level', 'red_flag', 'age_band'];

export type RegistrationInput = { draftId: string; initial: RegistrationValues; number: number };

export type RegistrationParts = {
  form: RegistrationForm;
  codes: Codes;
  reading: CodesRead;
  /** Today in Viet Nam, `2026-03-27`. */
  today: string;
  context: (values: RegistrationValues) => FaultsContext;
};

/** The values of a registration, the lists its present page speaks of, and what is wrong with it in words. */
export function useRegistration({ draftId, initial, number }: RegistrationInput): RegistrationParts {
  const { t } = useTranslation('register');
  const today = dayIn(Date.now());
  const reading = useCodes(number === checking ? decisiveLists : (themePages[number - 1]?.lists ?? []));
  const { codes } = reading;
  function context({ riskLevel, redFlags }: RegistrationValues): FaultsContext {
    const lists = { levels: codes.all('risk_level'), flags: codes.all('red_flag') };
    return { today, ageBands: codes.all('age_band'), riskLevel: countingRisk(riskLevel, redFlags, lists) };
  }
  const form = useKeptForm<RegistrationValues>(formKey(draftId), initial, {
    validate: (values): FieldMessages<RegistrationValues> => inWords(faultsOf(number, values, context(values)), t),
  });
  return { form, codes, reading, today, context };
}
