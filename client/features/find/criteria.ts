import type * as z from 'zod';
import type { searchCasesBody } from '../../../server/cases/cases.contract.ts';

export type Criterion = 'code' | 'person' | 'phone' | 'identityNumber';
export type FindValues = {
  by: string;
  code: string;
  fullName: string;
  birthYear: string;
  phone: string;
  identityNumber: string;
};
export type Wanted = z.input<typeof searchCasesBody>;

export const nothingWanted: FindValues = {
  by: 'code',
  code: '',
  fullName: '',
  birthYear: '',
  phone: '',
  identityNumber: '',
};

/** The one criterion that was chosen; what stands in the other fields stays here. */
export function wantedOf(values: FindValues): Wanted {
  switch (values.by as Criterion) {
    case 'code':
      return { code: values.code.trim() };
    case 'person':
      return { fullName: values.fullName.trim(), birthYear: Number(values.birthYear) };
    case 'phone':
      return { phone: values.phone.trim() };
    case 'identityNumber':
      return { identityNumber: values.identityNumber.trim() };
  }
}

const needed: Readonly<Record<Criterion, readonly (keyof FindValues)[]>> = {
  code: ['code'],
  person: ['fullName', 'birthYear'],
  phone: ['phone'],
  identityNumber: ['identityNumber'],
};

/** Fields that the chosen criterion needs and that say nothing yet. */
export function missingOf(values: FindValues): (keyof FindValues)[] {
  return needed[values.by as Criterion].filter((name) =>
    name === 'birthYear' ? !isYear(values[name]) : values[name].trim() === '',
  );
}

function isYear(text: string): boolean {
  return /^(19|20)\d{2}$/.test(text.trim());
}
