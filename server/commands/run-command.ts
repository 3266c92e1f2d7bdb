/**
 * Runs a command to its end: its exit code is what it answers, 2 when it could not do its work; the reason goes to
 * standard error, for what it knows without the trace of the program.
 */
export function runCommand(main: () => Promise<number>): void {
  main().then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 2;
    },
  );
}
