import { useTranslation } from 'react-i18next';
import type { AccessEntry } from '../../../server/cases/cases.contract.ts';
import type { Words } from '../../locales/vi.ts';
import { deedKey } from '../audit/actions.ts';
import { useNameOf, usePurposes } from '../directory/use-directory.ts';

type Outcome = 'done' | 'refused' | 'failed';

export type AccessWords = {
  /** "Nguyễn Thị Lan (Phòng …) đã mở hồ sơ này". */
  sentence: (entry: AccessEntry) => string;
  /** What was seen and what for, to follow the time. */
  rest: (entry: AccessEntry) => string;
  /** What for, or '' where no purpose was needed. */
  why: (entry: AccessEntry) => string;
};

/** The same words as the log of the auditors, about this one case. */
export function useAccessWords(): AccessWords {
  const { t } = useTranslation('audit');
  const { t: name } = useTranslation('auditNames');
  const { t: own } = useTranslation('caseFile');
  const nameOf = useNameOf();
  const purposes = usePurposes().data?.data.items ?? [];
  const group = (code: string): string =>
    name(`compartment.${code as keyof Words['auditNames']['compartment']}`, { defaultValue: name('otherCompartment') });
  const whyOf = (purpose: string | null): string => {
    const known = purposes.find(({ code }) => code === purpose);
    return known ? nameOf(known) : '';
  };
  return {
    sentence: ({ actor, isSystem, action, outcome }) => {
      const who = actor
        ? t('sentence.who', { name: actor.displayName, agency: nameOf(actor.agency) })
        : t(isSystem ? 'sentence.job' : 'sentence.nobody');
      const deed = t(`${outcome === 'done' ? 'done' : 'tried'}.${deedKey(action)}`, {
        case: own('access.thisCase'),
        inCase: own('access.inThisCase'),
      });
      return t(`sentence.${outcomeOf(outcome)}`, { who, deed });
    },
    why: ({ purpose }) => whyOf(purpose),
    rest: ({ compartments, purpose }) => {
      const why = whyOf(purpose);
      return [
        compartments.length > 0 ? own('access.saw', { groups: compartments.map(group).join('; ') }) : '',
        why === '' ? '' : t('sentence.purpose', { purpose: why }),
      ]
        .filter((part) => part !== '')
        .map((part) => ` · ${part}`)
        .join('');
    },
  };
}

function outcomeOf(outcome: string): Outcome {
  return outcome === 'refused' || outcome === 'failed' ? outcome : 'done';
}
