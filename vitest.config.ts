import { defineConfig } from 'vitest/config';

/** Need a database; `support/global-setup.ts` starts one for all of them. */
const WITH_DATABASE = [
  'tests/audit/{,sequencer/}*.test.ts',
  'tests/{agreement,cases,consent,identity,mutants,referrals,safeguards,security,walls}/**/*.test.ts',
  'tests/retention/*.test.ts',
  'tests/keys/live/*.test.ts',
  'tests/directory/*.routes.test.ts',
  'tests/policies/row-security.test.ts',
  'tests/rules/referral-states.test.ts',
  'tests/architecture/protected-tables.test.ts',
];
/** Start processes of their own, or a browser: one file at a time. */
const WITH_PROCESSES = [
  'tests/{bench,commands,db,demonstration,durability,e2e}/**/*.test.{ts,tsx}',
  'tests/audit/witness/*.test.ts',
];

/* eslint-disable-next-line no-restricted-exports -- the runner asks for a default export */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'pure',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: [...WITH_DATABASE, ...WITH_PROCESSES],
          maxWorkers: 2,
          testTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'database',
          include: WITH_DATABASE,
          globalSetup: 'tests/support/global-setup.ts',
          // Every file has a database and a server of its own; loading the server once per worker saves half the time.
          isolate: false,
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'processes',
          include: WITH_PROCESSES,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
