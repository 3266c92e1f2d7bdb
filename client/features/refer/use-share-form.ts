import { useTranslation } from 'react-i18next';
import { useKeptForm, type FieldMessages, type KeptForm } from '../../app/kept/use-kept-form.ts';
import type { FieldBinding } from '../../ui/field-id.ts';
import type { Naming } from '../referral/with-names.tsx';
import { rebase, toggled } from './columns.ts';
import { clockOf, usualEnd } from './periods.ts';
import {
  consentOf,
  faultsOf,
  initialValues,
  scopeOf,
  uncovered,
  type Setting,
  type ShareValues,
} from './share-values.ts';

export type ShareForm = {
  form: KeptForm<ShareValues>;
  toggle: (field: string) => void;
  /** Changing the basis carries the choice of fields and the period over to it. */
  setBasis: (basis: string) => void;
  basis: FieldBinding<string>;
  called: FieldBinding<string>;
};

/** The form of one referral; `slot` names it (one draft, or one case with one agency and service). */
export function useShareForm(slot: string, setting: Setting, naming: Naming): ShareForm {
  const { option, today } = setting;
  const messagesOf = useMessages(setting, naming);
  const form = useKeptForm<ShareValues>(`refer:${slot}`, initialValues(setting), { validate: messagesOf });
  function set(change: Partial<ShareValues>): void {
    form.inner.setValues(change);
    for (const name of Object.keys(change)) form.inner.clearFieldError(name);
  }
  function setBasis(basis: string): void {
    const { fields, basis: before, endsOn } = form.values;
    const limit = consentOf(option, basis)?.validUntil ?? null;
    set({
      basis,
      fields: rebase({
        fields: option.fields,
        from: scopeOf(option, before),
        to: scopeOf(option, basis),
        chosen: fields,
      }),
      endsOn: limit !== null && endsOn > limit ? usualEnd(today, limit) : endsOn,
    });
  }
  function setCalled(called: string): void {
    const { calledAt } = form.values;
    set({ called, calledAt: calledAt === '' ? clockOf(Date.now()) : calledAt });
  }
  return {
    form,
    toggle: (field) => set({ fields: toggled(option.fields, form.values.fields, field) }),
    setBasis,
    basis: { ...form.field('basis'), onChange: setBasis },
    called: { ...form.field('called'), onChange: setCalled },
  };
}

function useMessages({ option, today }: Setting, naming: Naming): (values: ShareValues) => FieldMessages<ShareValues> {
  const { t } = useTranslation('refer');
  return (values) => {
    const faults = faultsOf(values, { option, today, nowMs: Date.now() });
    const fields = uncovered(values, option).map(naming.field).join('; ');
    return Object.fromEntries(Object.entries(faults).map(([name, fault]) => [name, t(`fault.${fault}`, { fields })]));
  };
}
