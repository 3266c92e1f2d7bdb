import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const ROOT = new URL('../../', import.meta.url);

/** A claim whose proof was renamed away is a claim without proof. */
it.each(['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'client/README.md'])(
  'every test, policy, picture and room that %s names exists',
  (document) => {
    const text = readFileSync(new URL(document, ROOT), 'utf8');
    const named = [...text.matchAll(/(?:tests|policies|server|docs|migrations|deploy)\/[\w./-]*\w/g)].map(
      ([path]) => path,
    );
    const missing = [...new Set(named)].filter((path) => !existsSync(new URL(path, ROOT)) && !isTest(path));
    expect(missing).toEqual([]);
  },
);

function isTest(path: string): boolean {
  return existsSync(new URL(`${path}.test.ts`, ROOT));
}
