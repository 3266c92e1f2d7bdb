import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { paths } from '../../app/paths.ts';
import { useKeeper } from '../../app/session/use-session.ts';
import { useSend, type Send } from '../../app/use-send.ts';
import { useReplaceNavigate } from '../../ui/replace-link.tsx';
import { bodyOf } from './body.ts';
import type { CheckPageProps } from './check-page.tsx';
import { forgetRegistration, registeredKey, type Registered } from './current.ts';
import type { RegisteredCase } from './draft-view.ts';
import { faultsOf } from './faults.ts';
import { inWords } from './fault-words.ts';
import { showErrors } from './form.ts';
import { checking } from './pages.ts';
import { pageOfField, placeErrors } from './places.ts';
import type { RegistrationValues } from './values.ts';

export type Registering = {
  register: Send<RegistrationValues, RegisteredCase>;
  /** Looks the whole through and sends it, or leads to the page that needs mending. */
  confirm: () => void;
  /** Refusals of the server that belong to no question. */
  general: readonly string[];
};

type Input = Pick<CheckPageProps, 'draftId' | 'form' | 'context' | 'saver' | 'goTo' | 'today'>;

/** Registers once, however often the line breaks: one intention per draft. */
export function useRegister({ draftId, form, context, saver, goTo, today }: Input): Registering {
  const { t } = useTranslation('register');
  const { kept } = useKeeper();
  const navigate = useReplaceNavigate();
  const [general, setGeneral] = useState<readonly string[]>([]);
  const register = useSend<RegistrationValues, RegisteredCase>({
    name: `register:${draftId}`,
    call: async (api, values, intention) => {
      // A draft saved after the registration would outlive it.
      await saver.settled();
      const { riskLevel } = context(values);
      return api.post<RegisteredCase>('/api/cases', bodyOf(values, { draftId, today, riskLevel }), { intention });
    },
    onSaved: ({ data }) => {
      const registered: Registered = { id: data.id, code: data.code };
      kept.put(registeredKey(draftId), registered);
      forgetRegistration(kept, draftId);
      navigate(paths.draft(draftId, 'done'));
    },
    onRefused: (problem) => {
      const placed = placeErrors(problem.errors);
      setGeneral(placed.general);
      lead(placed.messages, placed.page);
    },
  });

  function lead(messages: Readonly<Record<string, string>>, page: number | undefined): void {
    if (page === undefined) return;
    showErrors(form, messages);
    goTo(page);
  }
  function confirm(): void {
    const faults = faultsOf(checking, form.values, context(form.values));
    const fields = Object.keys(faults);
    if (fields.length === 0) register.send(form.values);
    else lead(inWords(faults, t), Math.min(...fields.map(pageOfField)));
  }
  return { register, confirm, general };
}
