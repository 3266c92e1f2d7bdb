import { bentConditions, brief, closing, distinct, replaced } from './conditions.ts';

/** A bent version of row-security.sql. `about` is what it is most likely noticed by: a table, or a function's name. */
export type RowMutant = { name: string; about: string; text: string };

/** A statement that changes nothing; as good SQL as it is PL/pgSQL, for policies that stand in a block. */
const NOTHING = 'set local lock_timeout = 0';

/** Every policy deleted, widened to all, narrowed to none and bent; every question of policies bent; every table left open. */
export function rowMutants(text: string): RowMutant[] {
  return distinct([...policiesOf(text), ...loopsOf(text), ...questionsOf(text)]);
}

type Policy = { name: string; table: string; from: number; to: number };

/** Policies that stand in the text by themselves. */
function policiesOf(text: string): RowMutant[] {
  const policies = [...text.matchAll(/create policy (\w+) on hien\.(\w+)[^;]*;/g)];
  return policies.flatMap((match) => {
    const [statement, name = '', table = ''] = match;
    const isQuoted = statement.endsWith(`';`);
    const end = match.index + statement.length - (isQuoted ? 2 : 1);
    return mutantsOf(text, { name, table, from: match.index, to: end });
  });
}

function mutantsOf(text: string, policy: Policy): RowMutant[] {
  const { name, table, from, to } = policy;
  return [
    { name: `policy ${name} on ${table}: deleted`, about: table, text: replaced(text, [from, to], NOTHING) },
    ...bentClauses(text, policy),
    ...fewerRoles(text, policy),
  ];
}

function bentClauses(text: string, { name, table, from, to }: Policy): RowMutant[] {
  const mutant = (what: string, mutated: string): RowMutant => ({
    name: `policy ${name} on ${table}: ${what}`,
    about: table,
    text: mutated,
  });
  const clauses = [...text.slice(from, to).matchAll(/\b(using|with check)\s*\(/g)].map((clause) => {
    const open = from + clause.index + clause[0].length - 1;
    return { word: clause[1] ?? '', open, close: closing(text, open) };
  });
  const isRestrictive = text.slice(from, to).includes('as restrictive');
  return [
    ...(isRestrictive
      ? [mutant('permissive', text.slice(0, from) + text.slice(from).replace('as restrictive', 'as permissive'))]
      : []),
    ...clauses.flatMap(({ word, open, close }) => {
      const whole = text.slice(open + 1, close).trim();
      const fixed = ['true', 'false'].filter((each) => each !== whole);
      return [
        ...fixed.map((each) => mutant(`${word} ${each}`, replaced(text, [open + 1, close], each))),
        ...(whole === 'true' ? [] : bentConditions(text, [open + 1, close])).map((bent) =>
          mutant(`${word}: ${bent.what}`, bent.text),
        ),
      ];
    }),
  ];
}

function fewerRoles(text: string, { name, table, from, to }: Policy): RowMutant[] {
  const list = /\bto (hien_\w+(?:, hien_\w+)+)/.exec(text.slice(from, to));
  if (list === null) return [];
  const roles = (list[1] ?? '').split(', ');
  const start = from + list.index + 3;
  return roles.map((role) => ({
    name: `policy ${name} on ${table}: not for ${role}`,
    about: table,
    text: replaced(text, [start, start + (list[1] ?? '').length], roles.filter((each) => each !== role).join(', ')),
  }));
}

/** Loops that do the same for several tables: each table left out, and the policy narrowed to none. */
function loopsOf(text: string): RowMutant[] {
  return [...text.matchAll(/foreach t in array array\[([^\]]*)\] loop([\s\S]*?)end loop;/g)]
    .flatMap((loop) => {
      const [, list = '', body = ''] = loop;
      const what = /create policy (\w+)/.exec(body)?.[1] ?? 'row level security';
      const tables = [...list.matchAll(/'(\w+)'/g)].map((match) => match[1] ?? '');
      const undone = (table: string, how: string): string =>
        `${text}\nreset role; set local role hien_owner; alter table hien.${table} ${how};`;
      if (what === 'row level security')
        return tables.flatMap((table) => [
          { name: `${what} of ${table}: disabled`, about: table, text: undone(table, 'disable row level security') },
          { name: `${what} of ${table}: not forced`, about: table, text: undone(table, 'no force row level security') },
        ]);
      return ofLoop(text, tables, { body, at: loop.index + loop[0].lastIndexOf(body) });
    })
    .concat(archivist(text));
}

/** Each policy of a loop left out for one table; each of its clauses bent for all of them. */
function ofLoop(text: string, tables: readonly string[], { body, at }: { body: string; at: number }): RowMutant[] {
  return [...body.matchAll(/execute format\('create policy (\w+) on hien\.%I[\s\S]*?', t\);/g)].flatMap((statement) => {
    const [whole, name = ''] = statement;
    const from = at + statement.index;
    const without = (table: string): string =>
      replaced(text, [from, from + whole.length], `if t <> '${table}' then ${whole} end if;`);
    const span = { name, table: '(loop)', from, to: from + whole.length - `', t);`.length };
    return [
      ...tables.map((table) => ({
        name: `policy ${name} on ${table}: deleted (one of a loop)`,
        about: table,
        text: without(table),
      })),
      ...bentClauses(text, span).map((each) => ({ ...each, about: '' })),
    ];
  });
}

function narrowed(text: string, { what, body, at }: { what: string; body: string; at: number }): RowMutant[] {
  return [...body.matchAll(/(using|with check) \(true\)/g)].map((clause) => ({
    name: `policy ${what} (loop): ${clause[1]} false`,
    about: '',
    text: replaced(text, [at + clause.index, at + clause.index + clause[0].length], `${clause[1]} (false)`),
  }));
}

function archivist(text: string): RowMutant[] {
  const at = text.indexOf('create policy archivist_keeps');
  const end = text.indexOf(`'`, at);
  return narrowed(text, { what: 'archivist_keeps', body: text.slice(at, end), at });
}

/** The functions that policies ask: conditions of their answers. */
function questionsOf(text: string): RowMutant[] {
  return [...text.matchAll(/create or replace function hien\.(\w+)\([\s\S]*?\nbegin\n([\s\S]*?)\nend \$\$;/g)].flatMap(
    (match) => {
      const [whole, name = '', body = ''] = match;
      const at = match.index + whole.lastIndexOf(body);
      const conditions = [...body.matchAll(/\breturn (?!true|false)([^;]+);|\bif ([^;]+?)\s+then\b/g)];
      return conditions.flatMap((condition) => {
        const piece = condition[1] ?? condition[2] ?? '';
        const from = at + condition.index + condition[0].indexOf(piece);
        return bentConditions(text, [from, from + piece.length])
          .filter((bent) => !bent.what.startsWith('not "array('))
          .map((bent) => ({ name: `function ${name}: ${brief(bent.what)}`, about: name, text: bent.text }));
      });
    },
  );
}
