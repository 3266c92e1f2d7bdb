import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { AuditLine } from '../../../server/audit/audit.contract.ts';
import type { Words } from '../../locales/vi.ts';
import { useNameOf } from '../directory/use-directory.ts';
import { deedKey } from './actions.ts';

type Names = Words['auditNames'];

export type AuditWords = {
  /** "Nguyễn Thị Lan (Phòng …) đã mở vụ việc K7MQ-2RXA". */
  sentence: (line: AuditLine) => string;
  /** What allowed it, or that nothing did. */
  rules: (line: AuditLine) => string;
  /** A deed as it stands in a list of deeds. */
  deed: (action: string) => string;
  compartments: (codes: readonly string[]) => string;
  fields: (codes: readonly string[]) => string;
  object: (kind: string) => string;
};

/** Says what the log holds: names and sentences, never codes. */
export function useAuditWords(): AuditWords {
  const { t } = useTranslation('audit');
  const { t: name } = useTranslation('auditNames');
  const { t: field } = useTranslation('envelope');
  const nameOf = useNameOf();
  const compartment = (code: string): string =>
    name(`compartment.${code as keyof Names['compartment']}`, { defaultValue: name('otherCompartment') });
  const fieldName = (code: string): string =>
    name(`field.${code as keyof Names['field']}`, {
      defaultValue: field(`field.${code as keyof Words['envelope']['field']}`, { defaultValue: field('otherField') }),
    });
  const rule = (id: string): string =>
    name(`rule.${id.replace('.', '_') as keyof Names['rule']}`, { defaultValue: name('otherRule') });
  return {
    sentence: (line) => {
      const { action, actor, job, outcome } = line;
      // Whoever signs in has not signed in yet: that goes without saying.
      const nobody = action.startsWith('session.') ? t('sentence.somebody') : t('sentence.nobody');
      const who = actor
        ? t('sentence.who', { name: actor.displayName, agency: nameOf(actor.agency) })
        : job === null
          ? nobody
          : t('sentence.job');
      return t(`sentence.${outcome}`, { who, deed: deedOf(t, line) });
    },
    rules: ({ policies, outcome }) => {
      if (policies.length === 0) return outcome === 'refused' ? t('sentence.noRule') : '';
      const rules = policies.map(rule).join('; ');
      return t(outcome === 'done' ? 'sentence.rule' : 'sentence.rulesSeen', { rules });
    },
    deed: (action) => firstUpper(t(`tried.${deedKey(action)}`, { case: t('sentence.someCase'), inCase: '' })),
    compartments: (codes) => codes.map(compartment).join('; '),
    fields: (codes) => codes.map(fieldName).join('; '),
    object: (kind) => name(`object.${kind as keyof Names['object']}`, { defaultValue: name('otherObject') }),
  };
}

function deedOf(t: TFunction<'audit'>, { action, outcome, caseCode }: AuditLine): string {
  const gaps = {
    case: caseCode === null ? t('sentence.someCase') : t('sentence.case', { code: caseCode }),
    inCase: caseCode === null ? '' : t('sentence.inCase', { code: caseCode }),
  };
  const key = deedKey(action);
  return outcome === 'done' ? t(`done.${key}`, gaps) : t(`tried.${key}`, gaps);
}

function firstUpper(text: string): string {
  return text.charAt(0).toLocaleUpperCase('vi') + text.slice(1);
}
