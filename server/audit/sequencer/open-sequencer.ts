import type { Logger } from 'pino';
import type { Config } from '../../config/config.ts';
import { openPool } from '../../db/pool.ts';
import { appendEvents } from '../append-events.ts';
import type { LogKey } from '../log-key.ts';
import { keptCheckpoint } from './kept-checkpoint.ts';
import { startSequencer, type Sequencer } from './sequencer.ts';

/** One leads; the other collects cosignatures. */
const CONNECTIONS = 2;

type Setting = { config: Pick<Config, 'audit'>; log: Logger; key: LogKey };

/** The sequencer of this process over a login in `hien_sequencer`; null without one. */
export function openSequencer(url: string | undefined, { config, log, key }: Setting): Sequencer | null {
  if (url === undefined) return null;
  const { folder, origin, intervalMs } = config.audit;
  const onFailure = (error: unknown): void => log.error({ event: 'audit.sequencer_failed', error });
  const pool = openPool({ url, max: CONNECTIONS, role: 'hien_sequencer', onError: onFailure });
  const sequencer = startSequencer({
    pool,
    append: appendEvents,
    key,
    keeping: keptCheckpoint(folder),
    wantedOrigin: origin ?? null,
    intervalMs,
    onRefusal: (reason, error) => log.error({ event: 'audit.not_signed', reason, error }),
    onDelay: (delayMs) => log.warn({ event: 'audit.delayed', delayMs }),
    onFailure,
  });
  return { ...sequencer, stop: () => sequencer.stop().then(() => pool.end()) };
}
