import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsentView, RecordConsentBody } from '../../../server/consent/consent.contract.ts';
import { useKeptForm, type KeptForm } from '../../app/kept/use-kept-form.ts';
import { useSend, type Send } from '../../app/use-send.ts';
import { dayIn } from '../../ui/dates.ts';
import { usualFields, type SharedField } from './shares.ts';
import { initialTerms, termsFaults, type TermsValues } from './terms-values.ts';

export type TermsInput = {
  caseId: string;
  lastText: string | undefined;
  onRecorded: (consent: ConsentView) => void;
};

export type Terms = { form: KeptForm<TermsValues>; recording: Send<RecordConsentBody, ConsentView> };

/** The values of one consent being recorded, what is wrong with them in words, and the recording itself. */
export function useTerms({ caseId, lastText, onRecorded }: TermsInput): Terms {
  const { t } = useTranslation('consent');
  const today = dayIn(Date.now());
  const slot = `terms:${caseId}`;
  const form = useKeptForm<TermsValues>(slot, initialTerms(today, lastText), {
    validate: (values) => {
      const faults = Object.entries(termsFaults(values, today));
      return Object.fromEntries(faults.map(([field, fault]) => [field, t(`fault.${fault}`)]));
    },
  });
  const recording = useSend<RecordConsentBody, ConsentView>({
    name: slot,
    call: (api, body, intention) => api.post(`/api/cases/${caseId}/consents`, body, { intention }),
    onSaved: ({ data }) => {
      form.forget();
      onRecorded(data);
    },
    onRefused: form.showProblem,
  });
  return { form, recording };
}

/** Once it is known what a newly chosen agency needs, that is ticked; what was unticked by hand is not touched. */
export function useUsualFields(form: KeptForm<TermsValues>, fields: readonly SharedField[] | undefined): void {
  const { agencyId, ticksFor } = form.values;
  const { setValues } = form.inner;
  useEffect(() => {
    if (fields && agencyId !== ticksFor) setValues({ fields: usualFields(fields), ticksFor: agencyId });
    // The fields are a new array each time: the agency decides.
  }, [agencyId, ticksFor, fields === undefined]);
}
