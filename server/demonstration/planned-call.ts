/**
 * One call of the API that history consists of. `@name` in `params`, and as a whole value in `body`, stands for what an
 * earlier call made.
 */
export type PlannedCall = {
  /** Unique in the whole history; a call whose key stands in the log is done. */
  key: string;
  atMs: number;
  /** User name. */
  by: string;
  action: string;
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  body: Readonly<Record<string, unknown>>;
  isRefused: boolean;
  /** What later calls know the made record by. */
  makes?: string;
  /** The case whose current version goes into `If-Match`. */
  versionOf?: string;
};

type Given = Pick<PlannedCall, 'key' | 'atMs' | 'by' | 'action'> & Partial<PlannedCall>;

export function plannedCall(given: Given): PlannedCall {
  return { params: {}, query: {}, body: {}, isRefused: false, ...given };
}
