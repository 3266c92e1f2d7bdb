import type * as z from 'zod';
import type { FieldFault, FieldFaultCode } from '../kernel/errors.ts';
import { FAULTS } from './problems.ts';

/** zod's issues as field faults: paths and codes only, so no value a person typed is repeated. */
export function faultsOf(error: z.ZodError): FieldFault[] {
  return error.issues.flatMap(faultOf);
}

function faultOf(issue: z.core.$ZodIssue): FieldFault[] {
  const path = pathOf(issue.path);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: pathOf([...issue.path, key]), code: 'UNKNOWN_KEY' as const }));
  if (issue.code === 'invalid_union') return bestOfUnion(issue, path);
  return [{ path, code: codeOf(issue) }];
}

const FIELD_NAME = /^[A-Za-z][A-Za-z0-9_]{0,39}$/;

/** Ends before a key that is no field's name: words can be typed as a key, too. */
function pathOf(segments: readonly PropertyKey[]): string {
  const names = segments.map(String);
  const end = segments.findIndex(
    (segment, index) => typeof segment === 'string' && !FIELD_NAME.test(names[index] ?? ''),
  );
  return (end === -1 ? names : names.slice(0, end)).join('.');
}

/** The branch with the fewest faults is the one that was meant. */
function bestOfUnion(issue: z.core.$ZodIssueInvalidUnion, path: string): FieldFault[] {
  const branches = issue.errors.map((issues) => issues.flatMap(faultOf)).filter((faults) => faults.length > 0);
  const [best] = branches.toSorted((a, b) => a.length - b.length);
  if (best === undefined) return [{ path, code: 'INVALID' }];
  return best.map((fault) => ({ ...fault, path: [path, fault.path].filter((part) => part !== '').join('.') }));
}

function codeOf(issue: z.core.$ZodIssue): FieldFaultCode {
  if (issue.message in FAULTS) return issue.message as FieldFaultCode;
  if (issue.code === 'invalid_type') return issue.input === undefined ? 'REQUIRED' : 'WRONG_TYPE';
  if (issue.code === 'too_big') return issue.origin === 'array' ? 'TOO_MANY' : 'TOO_LONG';
  return issue.code === 'too_small' ? shortfall(issue) : 'INVALID';
}

function shortfall(issue: z.core.$ZodIssueTooSmall): FieldFaultCode {
  return issue.origin === 'array' || issue.minimum === 1 ? 'REQUIRED' : 'TOO_SHORT';
}
