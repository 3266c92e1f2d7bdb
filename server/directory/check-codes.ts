import type * as z from 'zod';
import type { FieldFault } from '../kernel/errors.ts';
import type { Directory } from './directory.ts';

type Schema = z.core.$ZodType;
type Found = { list: string; code: string; path: string };

/**
 * Finds each code in `value` whose schema names a list (`codeOf`) and reports those that are unknown
 * or expired on `day`. Codes are versioned data, so the contract alone cannot know them.
 */
export function codeFaults(directory: Directory, day: string, input: { schema: Schema; value: unknown }): FieldFault[] {
  return codesIn(input.schema, input.value, '').flatMap(({ list, code, path }) => {
    const standing = directory.standing(list, code, day);
    if (standing === 'valid') return [];
    return [{ path, code: standing === 'expired' ? ('CODE_EXPIRED' as const) : ('CODE_UNKNOWN' as const) }];
  });
}

/** Every annotated code of a value, with its JSON path. */
export function codesIn(schema: Schema, value: unknown, path: string): Found[] {
  if (value === undefined || value === null) return [];
  const list = listOf(schema);
  if (list !== undefined && typeof value === 'string') return [{ list, code: value, path }];
  return inner(schema, value).flatMap((part) => codesIn(part.schema, part.value, join(path, part.key)));
}

function listOf(schema: Schema): string | undefined {
  const meta =
    'meta' in schema && typeof schema.meta === 'function'
      ? (schema.meta() as { codeList?: string } | undefined)
      : undefined;
  return meta?.codeList;
}

type Part = { schema: Schema; value: unknown; key: string };

function inner(schema: Schema, value: unknown): Part[] {
  const { def } = schema._zod as unknown as { def: ZodDef };
  switch (def.type) {
    case 'object':
      return Object.entries(def.shape ?? {}).map(([key, part]) => ({
        schema: part,
        value: (value as Record<string, unknown>)[key],
        key,
      }));
    case 'array':
      return def.element && Array.isArray(value)
        ? value.map((item, index) => ({ schema: def.element as Schema, value: item, key: String(index) }))
        : [];
    case 'union':
      return [...branchesFor(def.options ?? [], value)].map((option) => ({ schema: option, value, key: '' }));
    default:
      return [def.innerType, def.in]
        .filter((part) => part !== undefined)
        .map((part) => ({ schema: part, value, key: '' }));
  }
}

type ZodDef = {
  type: string;
  shape?: Record<string, Schema>;
  element?: Schema;
  options?: readonly Schema[];
  innerType?: Schema;
  in?: Schema;
};

/** Only the branch that the value satisfies: the codes of other branches are not its codes. */
function branchesFor(options: readonly Schema[], value: unknown): Schema[] {
  const branch = options.find((option) => 'safeParse' in option && (option as z.ZodType).safeParse(value).success);
  return branch === undefined ? [] : [branch];
}

function join(path: string, key: string): string {
  if (key === '') return path;
  return path === '' ? key : `${path}.${key}`;
}
