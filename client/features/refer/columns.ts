import type { ReferralOptions } from '../../../server/referrals/referrals.contract.ts';

export type ReferralOption = ReferralOptions['options'][number];
export type OptionField = ReferralOption['fields'][number];

/** What the sending would rest on, as far as it decides about fields. */
export type Scope = { kind: 'open' } | { kind: 'consent'; fields: readonly string[] } | { kind: 'legal' };

/**
 * `ready`: may go. `asks`: goes only if she agrees. `outside`: the chosen consent does not cover it. `barred`: never
 * without her consent. `never`: the matrix keeps it here. `empty`: the case holds no value.
 */
export type Standing = 'ready' | 'asks' | 'outside' | 'barred' | 'never' | 'empty';

export function standingOf(field: OptionField, scope: Scope): Standing {
  if (field.share === 'never') return 'never';
  if (isEmpty(field.preview)) return 'empty';
  if (scope.kind === 'consent') return scope.fields.includes(field.field) ? 'ready' : 'outside';
  if (field.share === 'default') return 'ready';
  return scope.kind === 'legal' ? 'barred' : 'asks';
}

function isEmpty(preview: unknown): boolean {
  return preview === null || preview === '' || (Array.isArray(preview) && preview.length === 0);
}

export function mayTick(standing: Standing): boolean {
  return standing === 'ready' || standing === 'asks' || standing === 'outside';
}

/** What goes unless somebody unticks it: what she has agreed to, or what the matrix gives by default. */
export function preticked(fields: readonly OptionField[], scope: Scope): string[] {
  return fields.filter((field) => standingOf(field, scope) === 'ready').map(({ field }) => field);
}

export type Rebasing = { fields: readonly OptionField[]; from: Scope; to: Scope; chosen: readonly string[] };

/** The choice carried over to another basis: what was unticked by hand stays here, what was added stays if it may. */
export function rebase({ fields, from, to, chosen }: Rebasing): string[] {
  const before = preticked(fields, from);
  const removed = before.filter((field) => !chosen.includes(field));
  const added = chosen.filter((field) => !before.includes(field));
  const wanted = new Set([...preticked(fields, to).filter((field) => !removed.includes(field)), ...added]);
  return fields.filter((field) => wanted.has(field.field) && mayTick(standingOf(field, to))).map(({ field }) => field);
}

export type Placed = { field: OptionField; standing: Standing };
export type Columns = { leaves: Placed[]; stays: Placed[]; never: OptionField[]; empty: OptionField[] };

/** Everything the matrix knows, each in its place. */
export function columnsOf(fields: readonly OptionField[], scope: Scope, chosen: readonly string[]): Columns {
  const placed = fields.map((field) => ({ field, standing: standingOf(field, scope) }));
  const of = (standing: Standing): OptionField[] =>
    placed.filter((each) => each.standing === standing).map(({ field }) => field);
  const shown = placed.filter(({ standing }) => standing !== 'never' && standing !== 'empty');
  const isChosen = ({ field, standing }: Placed): boolean => chosen.includes(field.field) && mayTick(standing);
  return {
    leaves: shown.filter(isChosen),
    stays: shown.filter((each) => !isChosen(each)),
    never: of('never'),
    empty: of('empty'),
  };
}

/** Adds or takes away one field; the order stays that of the matrix. */
export function toggled(fields: readonly OptionField[], chosen: readonly string[], field: string): string[] {
  const isOn = chosen.includes(field);
  return fields.map((each) => each.field).filter((each) => (each === field ? !isOn : chosen.includes(each)));
}

/** The consent that says yes to most: the usual case needs no choice. */
export function broadest(option: ReferralOption): ReferralOption['consents'][number] | undefined {
  return option.consents.toSorted((a, b) => b.fields.length - a.fields.length)[0];
}
