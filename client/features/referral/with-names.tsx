import type { UseQueryResult } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem, networkProblem } from '../../app/api/problem.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { formatDate } from '../../ui/dates.ts';
import type { Codes } from '../directory/codes.ts';
import type { Named } from '../directory/names.ts';
import { useCodes } from '../directory/use-codes.ts';
import { useAreas, useNameOf, usePurposes, useServices } from '../directory/use-directory.ts';
import { factLists, type FieldName, type Names } from './field-facts.ts';
import type { SafeNames } from './safe-contact.ts';

/** Everything a screen about referrals needs to speak in names and never in codes. */
export type Naming = {
  codes: Codes;
  names: Names;
  safe: SafeNames;
  purpose: (code: string) => string;
  /** A field of the disclosure matrix. */
  field: (field: string) => string;
  agency: (agency: Named) => string;
};

/** What referral screens say of themselves, besides the values they show. */
const ownLists = ['urgency', 'referral_state', 'legal_basis', 'sector', 'decline_reason', 'recall_reason'];
const lists = [...new Set([...factLists, ...ownLists, 'referral_outcome', 'consent_evidence', 'consenter'])];

export type WithNamesProps = {
  children: (naming: Naming) => ReactNode;
  /** The page around the words that are shown until the names are there. */
  frame?: (content: ReactNode) => ReactNode;
};

/** Shows its content once everything can be named, or that it is on its way, or why it cannot be had. */
export function WithNames({ children, frame = (content) => content }: WithNamesProps) {
  const { codes, isReady, problem, retry } = useCodes(lists);
  const services = useServices();
  const areas = useAreas();
  const purposes = usePurposes();
  const speech = useSpeech();
  if (problem) return frame(<ProblemNotice problem={problem} onRetry={retry} />);
  const failed = [services, areas, purposes].find((read) => read.error);
  if (failed) return frame(<ReadProblem read={failed} />);
  if (!isReady || !services.data || !areas.data || !purposes.data) return frame(<Waiting />);
  return children(
    namingOf({
      speech,
      codes,
      services: services.data.data.items,
      areas: areas.data.data.items,
      purposes: purposes.data.data.items,
    }),
  );
}

function ReadProblem({ read }: { read: Pick<UseQueryResult, 'error' | 'refetch'> }) {
  const problem = read.error instanceof ApiProblem ? read.error : networkProblem();
  return <ProblemNotice problem={problem} onRetry={() => void read.refetch()} />;
}

type Speech = Pick<Names, 'part' | 'answer' | 'years' | 'day' | 'trafficking'> & {
  safe: Omit<SafeNames, 'method'>;
  field: (field: string) => string;
  named: (named: Named) => string;
  elsewhere: string;
  notListed: string;
};

function useSpeech(): Speech {
  const { t } = useTranslation('envelope');
  const named = useNameOf();
  return {
    part: (part) => t(`part.${part}`),
    answer: (answer) => t(`value.${answer}`),
    years: (count) => (count === 0 ? t('value.underOne') : t('value.years', { count })),
    day: (iso) => dayWords(iso, t),
    trafficking: t('value.trafficking'),
    safe: {
      methods: (methods) => t('safe.methods', { methods }),
      none: t('safe.none'),
      times: (times) => t('safe.times', { times }),
      noMessage: t('safe.noMessage'),
      message: t('safe.message'),
      codeWord: (word) => t('safe.codeWord', { word }),
    },
    field: (field) => t(`field.${field as FieldName}`, { defaultValue: t('otherField') }),
    named,
    elsewhere: t('value.elsewhere'),
    notListed: t('value.notListed'),
  };
}

function dayWords(iso: string, t: TFunction<'envelope'>): string {
  const [year = '', month] = iso.split('-');
  if (month === undefined) return t('value.year', { year });
  return iso.length > 7 ? formatDate(iso) : t('value.month', { month: String(Number(month)), year });
}

type Listed = Named & { code: string };
type Known = {
  speech: Speech;
  codes: Codes;
  services: readonly Listed[];
  areas: readonly { code: string; name: string }[];
  purposes: readonly Listed[];
};

function namingOf({ speech, codes, services, areas, purposes }: Known): Naming {
  const nameFrom = (listed: readonly Listed[], code: string): string => {
    const found = listed.find((each) => each.code === code);
    return found ? speech.named(found) : speech.notListed;
  };
  const names: Names = {
    ...speech,
    code: codes.name,
    service: (code) => nameFrom(services, code),
    area: (code) => areas.find((area) => area.code === code)?.name ?? speech.elsewhere,
  };
  return {
    codes,
    names,
    safe: { ...speech.safe, method: (code) => codes.name('contact_method', code) },
    purpose: (code) => nameFrom(purposes, code),
    field: speech.field,
    agency: speech.named,
  };
}
