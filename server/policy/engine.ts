import { readdirSync, readFileSync } from 'node:fs';
import * as cedar from '@cedar-policy/cedar-wasm/nodejs';
import type { Decision, Principal, Question, Resource } from './facts.ts';

export type PolicyEngine = { decide(question: Question): Decision; policies: readonly PolicyNote[] };
export type PolicyNote = { id: string; file: string; vi: string; en: string; text: string };

const POLICIES = new URL('../../policies/', import.meta.url);
const MAX_REMEMBERED = 5_000;

/** Thrown at start: a policy or the schema is not what it must be. The message names the file and the fault. */
function policyError(file: string, detail: unknown): Error {
  return new Error(`policies/${file}: ${JSON.stringify(detail)}`);
}

/**
 * Loads `policies/*.cedar`, validates them against the schema and keeps them parsed.
 * A decision depends only on roles, relations, action and purpose; it is pure, so answers are remembered.
 * @param overrides replaces the text of files, for tests that break a policy on purpose
 */
export function loadPolicies(overrides: Readonly<Record<string, string>> = {}): PolicyEngine {
  const read = (file: string): string => overrides[file] ?? readFileSync(new URL(file, POLICIES), 'utf8');
  const schema = read('schema.cedarschema');
  const files = readdirSync(POLICIES)
    .filter((file) => file.endsWith('.cedar'))
    .toSorted();
  const policies = files.flatMap((file) => policiesOf(file, read(file)));
  const staticPolicies = Object.fromEntries(policies.map((policy) => [policy.id, policy.text]));
  if (Object.keys(staticPolicies).length !== policies.length) throw policyError('*', 'two policies bear the same id');
  requireValid(schema, staticPolicies);
  const name = `hien-${Object.keys(overrides).length === 0 ? 'policies' : String(policySets++)}`;
  for (const parsed of [cedar.preparsePolicySet(name, { staticPolicies }), cedar.preparseSchema(name, schema)]) {
    if (parsed.type === 'failure') throw policyError('*', parsed.errors);
  }
  return { policies, decide: remembering((question) => ask(name, question)) };
}

let policySets = 0;

function policiesOf(file: string, text: string): PolicyNote[] {
  const parts = cedar.policySetTextToParts(text);
  if (parts.type === 'failure') throw policyError(file, parts.errors);
  return parts.policies.map((policy) => {
    const note = (name: string): string => new RegExp(`@${name}\\("([^"]+)"\\)`).exec(policy)?.[1] ?? '';
    const found = { id: note('id'), file, vi: note('vi'), en: note('en'), text: policy };
    if (found.id === '' || found.vi === '' || found.en === '')
      throw policyError(file, 'each policy needs @id, @vi and @en');
    return found;
  });
}

function requireValid(schema: string, staticPolicies: Record<string, string>): void {
  const answer = cedar.validate({ schema, policies: { staticPolicies } });
  if (answer.type === 'failure') throw policyError('schema.cedarschema', answer.errors);
  const faults = [...answer.validationErrors, ...answer.validationWarnings];
  if (faults.length > 0) throw policyError('*', faults);
}

function remembering(decide: (question: Question) => Decision): (question: Question) => Decision {
  const remembered = new Map<string, Decision>();
  return (question) => {
    const key = JSON.stringify(question);
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const decision = decide(question);
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(key, decision);
    return decision;
  };
}

function ask(name: string, question: Question): Decision {
  const answer = cedar.statefulIsAuthorized({
    principal: { type: question.principal.type, id: 'actor' },
    action: { type: 'Action', id: question.action },
    resource: { type: question.resource.type, id: 'object' },
    context: { purpose: question.purpose },
    preparsedPolicySetId: name,
    preparsedSchemaName: name,
    validateRequest: true,
    entities: [entityOf(question.principal, 'actor'), entityOf(question.resource, 'object')],
  });
  // Any doubt is a deny: a failure, or an error in a single policy.
  if (answer.type === 'failure') return { isAllowed: false, policies: ['engine.failure'] };
  const { decision, diagnostics } = answer.response;
  const isAllowed = decision === 'allow' && diagnostics.errors.length === 0;
  return { isAllowed, policies: diagnostics.reason.toSorted() };
}

function entityOf(thing: Principal | Resource, id: string): cedar.EntityJson {
  const { type, ...attributes } = thing;
  return { uid: { type, id }, attrs: attributes as Record<string, cedar.CedarValueJson>, parents: [] };
}
