import * as cedar from '@cedar-policy/cedar-wasm/nodejs';
import { distinct } from './conditions.ts';
import type { PolicyEngine, PolicyNote } from '../../server/policy/engine.ts';

/** A bent version of one policy file; `id` is the policy that was bent. */
export type PolicyMutant = { name: string; id: string; file: string; text: string };

type Expr = cedar.Expr;
type Policy = cedar.PolicyJson;
type Bent = { what: string; policy: Policy | null };

/**
 * Every policy deleted and turned round, each of its conditions dropped and negated, each operand of && and || dropped,
 * each part negated, each word of a list and each action left out.
 */
export function policyMutants({ policies }: PolicyEngine): PolicyMutant[] {
  const mutants = policies.flatMap((policy) =>
    bentPolicies(parsed(policy)).map(({ what, policy: bent }) => ({
      name: `policy ${policy.id}: ${what}`,
      id: policy.id,
      file: policy.file,
      text: fileWith(policies, policy, bent),
    })),
  );
  return distinct(mutants);
}

function parsed({ text }: PolicyNote): Policy {
  const answer = cedar.policyToJson(text);
  if (answer.type === 'failure') throw new Error(JSON.stringify(answer.errors));
  return answer.json;
}

/** The file of a policy, with the bent one in its place. */
function fileWith(policies: readonly PolicyNote[], { id, file }: PolicyNote, bent: Policy | null): string {
  const texts = policies
    .filter((each) => each.file === file)
    .map((each) => (each.id === id ? printed(bent) : each.text));
  return texts.join('\n');
}

function printed(policy: Policy | null): string {
  if (policy === null) return '';
  const answer = cedar.policyToText(policy);
  if (answer.type === 'failure') throw new Error(JSON.stringify(answer.errors));
  return answer.text;
}

function bentPolicies(policy: Policy): Bent[] {
  return [
    { what: 'deleted', policy: null },
    { what: 'turned round', policy: { ...policy, effect: policy.effect === 'permit' ? 'forbid' : 'permit' } },
    ...policy.conditions.flatMap((clause, at) => {
      const withBody = (body: Expr): Policy => ({
        ...policy,
        conditions: policy.conditions.with(at, { ...clause, body }),
      });
      return [
        {
          what: `without its condition ${at + 1}`,
          policy: { ...policy, conditions: policy.conditions.toSpliced(at, 1) },
        },
        ...bentExpressions(clause.body).map(({ what, expr }) => ({ what, policy: withBody(expr) })),
      ];
    }),
    ...fewerActions(policy),
  ];
}

function fewerActions(policy: Policy): Bent[] {
  const { action } = policy;
  if (action.op !== 'in' || !('entities' in action)) return [];
  const { entities } = action;
  return entities.map((entity, at) => ({
    what: `not for ${JSON.stringify(entity)}`,
    policy: { ...policy, action: { ...action, entities: entities.toSpliced(at, 1) } },
  }));
}

type BentExpr = { what: string; expr: Expr };
type Binary = { left: Expr; right: Expr };

function bentExpressions(expr: Expr): BentExpr[] {
  const negated = { what: `not ${brief(expr)}`, expr: { '!': { arg: expr } } as Expr };
  const [operator = '', operands] = Object.entries(expr)[0] ?? [];
  const sides = (operands ?? {}) as Binary;
  if (operator === '&&' || operator === '||') return [negated, ...bentSides(operator, sides)];
  if (operator === '!') {
    const { arg } = operands as { arg: Expr };
    return [
      negated,
      ...bentExpressions(arg).map(({ what, expr: bent }) => ({ what, expr: { '!': { arg: bent } } as Expr })),
    ];
  }
  return [negated, ...shorterSets(operator, sides)];
}

function bentSides(operator: string, { left, right }: Binary): BentExpr[] {
  const wrap = (sides: Binary): Expr => ({ [operator]: sides }) as unknown as Expr;
  return [
    { what: `without ${brief(right)} (${operator})`, expr: left },
    { what: `without ${brief(left)} (${operator})`, expr: right },
    ...bentExpressions(left).map(({ what, expr }) => ({ what, expr: wrap({ left: expr, right }) })),
    ...bentExpressions(right).map(({ what, expr }) => ({ what, expr: wrap({ left, right: expr }) })),
  ];
}

/** `["a", "b"].contains(x)` and `x.containsAny(["a", "b"])`, each word left out in turn. */
function shorterSets(operator: string, sides: Binary): BentExpr[] {
  return (['left', 'right'] as const).flatMap((side) => {
    const operand = sides[side] as { Set?: Expr[] } | undefined;
    const words = operand?.Set ?? [];
    if (words.length < 2) return [];
    return words.map((word, at) => ({
      what: `without ${brief(word)} in a list`,
      expr: { [operator]: { ...sides, [side]: { Set: words.toSpliced(at, 1) } } } as unknown as Expr,
    }));
  });
}

function brief(expr: Expr): string {
  const text = JSON.stringify(expr).replaceAll(/[{}"\\]|left:|right:|Value:|arg:/g, '');
  return text.length > 90 ? `${text.slice(0, 87)}…` : text;
}
