import { pino, type Logger } from 'pino';

/**
 * The application's log: event names, route patterns, ids and durations. Never bodies, names, tokens, addresses
 * with values or error messages of the database (they can quote parameters): errors are reduced to class and code.
 */
export function createLog(options: { level: string; destination?: pino.DestinationStream }): Logger {
  const settings = { level: options.level, base: {}, serializers: { error: errorShape } };
  return options.destination === undefined ? pino(settings) : pino(settings, options.destination);
}

/** Class, code and the places in our own code; no message, which may carry what a person typed. */
export function errorShape(error: unknown): { name: string; code: string; at: string[] } {
  const name = error instanceof Error ? error.name : typeof error;
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const frames =
    error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at ')) : [];
  const at = frames
    .map((line) => /((?:server|node_modules)\/[^\s)]+)/.exec(line)?.[1] ?? '')
    .filter((place) => place !== '')
    .slice(0, 6);
  return { name, code, at };
}
