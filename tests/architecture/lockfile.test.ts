import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

type Entry = { resolved?: string; dependencies?: Names; optionalDependencies?: Names };
type Names = Record<string, string>;

const LOCK = new URL('../../package-lock.json', import.meta.url);
const { packages } = JSON.parse(readFileSync(LOCK, 'utf8')) as { packages: Record<string, Entry> };

/** npm leaves out of the lockfile, without a word, what a registry did not have that day; `npm ci` then refuses everywhere. */
it('the lockfile holds every package that another one names, those of other platforms too', () => {
  const missing = Object.entries(packages).flatMap(([place, entry]) =>
    Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })
      .filter((name) => !isHeld(place, name))
      .map((name) => `${place} needs ${name}`),
  );
  expect(Object.keys(packages).length).toBeGreaterThan(300);
  expect(missing).toEqual([]);
});

it('the lockfile carries no address of a registry', () => {
  expect(Object.values(packages).filter((entry) => entry.resolved !== undefined)).toEqual([]);
});

/** Node's own search: beside the package, then one folder further up each time. */
function isHeld(place: string, name: string): boolean {
  if (`${place === '' ? '' : `${place}/`}node_modules/${name}` in packages) return true;
  return place !== '' && isHeld(place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/'))), name);
}
