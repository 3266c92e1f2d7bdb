import type { Logger } from 'pino';
import type { Pool } from 'pg';
import type { AuditConfig } from '../config/audit.ts';
import { openPool } from '../db/pool.ts';
import { appendEvents } from './append-events.ts';
import { auditHealth, type AuditHealth } from './audit-health.ts';
import type { LogKey } from './log-key.ts';
import { keptCheckpoint } from './sequencer/kept-checkpoint.ts';
import { startSequencer, type Sequencer } from './sequencer/sequencer.ts';
import type { SealDeps } from './serve-log.ts';
import { readWitnesses } from './witness-list.ts';

/** `url`: a login in `hien_sequencer`, without which this process seals nothing; `pool`: the application's. */
export type SealingSetting = {
  url: string | undefined;
  pool: Pool;
  config: AuditConfig;
  log: Logger;
  key: LogKey;
};

/** The signed log as this process has it: what is shown of it, how it stands, and the sequencer where this process has one. */
export type Sealing = { deps: SealDeps; health(): Promise<AuditHealth>; stop(): Promise<void> };

/** One leads; the other collects cosignatures. */
const CONNECTIONS = 2;

/** Throws Error when the file of witnesses is none. */
export async function openSealing(setting: SealingSetting): Promise<Sealing> {
  const { url, pool, config, key } = setting;
  const witnesses = await readWitnesses(config.witnessesFile);
  const sequencer = url === undefined ? null : sequencerOver(url, setting);
  return {
    deps: { key, witnesses },
    health: auditHealth(pool, sequencer),
    stop: async () => sequencer?.stop(),
  };
}

function sequencerOver(url: string, { config, log, key }: SealingSetting): Sequencer {
  const onFailure = (error: unknown): void => log.error({ event: 'audit.sequencer_failed', error });
  const pool = openPool({ url, max: CONNECTIONS, role: 'hien_sequencer', onError: onFailure });
  const sequencer = startSequencer({
    pool,
    append: appendEvents,
    key,
    keeping: keptCheckpoint(config.folder),
    wantedOrigin: config.origin ?? null,
    intervalMs: config.intervalMs,
    onRefusal: (reason, error) => log.error({ event: 'audit.not_signed', reason, error }),
    onDelay: (delayMs) => log.warn({ event: 'audit.delayed', delayMs }),
    onFailure,
  });
  return { ...sequencer, stop: () => sequencer.stop().then(() => pool.end()) };
}
