import type { Logger } from 'pino';
import type { Pool } from 'pg';
import type { AuditConfig } from '../config/audit.ts';
import { openPool } from '../db/pool.ts';
import { auditHealth, type AuditHealth } from './audit-health.ts';
import type { LogKey } from './log-key.ts';
import { startAskingWitnesses, type WitnessWords } from './sequencer/ask-witnesses.ts';
import { keptCheckpoint } from './sequencer/kept-checkpoint.ts';
import { seldom } from './sequencer/repeating.ts';
import { startSequencer, type Sequencer } from './sequencer/sequencer.ts';
import type { SealDeps } from './serve-log.ts';
import type { Witness } from './witnesses.ts';
import { readWitnesses } from './read-witnesses.ts';
import { readStanding, type TreeStanding } from './tree-standing.ts';

/** `url`: a login in `hien_sequencer`, without which this process seals nothing; `pool`: the application's. */
export type SealingSetting = {
  url: string | undefined;
  pool: Pool;
  config: AuditConfig;
  log: Logger;
  key: LogKey;
};

/** The signed log as this process has it: what is shown of it, how it stands, and the sequencer where this process has one. */
export type Sealing = {
  deps: SealDeps;
  health(): Promise<AuditHealth>;
  /** Is this the process that makes the tree? */
  isLeading(): boolean;
  /** Null where this process has no sequencer: only the sequencer's rights show heads without a person who asks. */
  standing(): Promise<TreeStanding | null>;
  stop(): Promise<void>;
};

/** One leads; the other collects cosignatures, and tells now and then how the tree stands. */
const CONNECTIONS = 2;

/** Throws Error when the file of witnesses is none. */
export async function openSealing(setting: SealingSetting): Promise<Sealing> {
  const { url, pool, config, key } = setting;
  const witnesses = await readWitnesses(config.witnessesFile);
  const sequencer = url === undefined ? null : sequencerOver(url, setting, witnesses);
  return {
    deps: { key, witnesses },
    health: auditHealth(pool, sequencer),
    isLeading: () => sequencer?.isLeading() ?? false,
    standing: async () => sequencer?.standing() ?? null,
    stop: async () => sequencer?.stop(),
  };
}

type Sequencing = Sequencer & { standing(): Promise<TreeStanding> };

function sequencerOver(url: string, { config, log, key }: SealingSetting, witnesses: readonly Witness[]): Sequencing {
  const onFailure = (error: unknown): void => log.error({ event: 'audit.sequencer_failed', error });
  const pool = openPool({ url, max: CONNECTIONS, role: 'hien_sequencer', onError: onFailure });
  const sequencer = startSequencer({
    pool,
    key,
    keeping: keptCheckpoint(config.folder),
    wantedOrigin: config.origin ?? null,
    intervalMs: config.intervalMs,
    onRefusal: (reason, error) => log.error({ event: 'audit.not_signed', reason, error }),
    onDelay: (delayMs) => log.warn({ event: 'audit.delayed', delayMs }),
    onFailure,
  });
  const asking = startAskingWitnesses({
    pool,
    witnesses,
    isLeading: sequencer.isLeading,
    onTrouble: troubleSeldom(log),
    onFailure,
  });
  return {
    ...sequencer,
    standing: () => readStanding(pool, witnesses),
    stop: async () => {
      await Promise.all([sequencer.stop(), asking.stop()]);
      await pool.end();
    },
  };
}

/** A witness that is down is asked again and again; what it says is told when it changes, and then once a minute. */
function troubleSeldom(log: Logger): (words: WitnessWords) => void {
  const said = new Map<string, { outcome: string; say: (words: WitnessWords) => void }>();
  return (words) => {
    const known = said.get(words.witness);
    const own =
      known?.outcome === words.outcome
        ? known
        : {
            outcome: words.outcome,
            say: seldom((one: WitnessWords) => log.warn({ event: 'audit.not_cosigned', ...one })),
          };
    said.set(words.witness, own);
    own.say(words);
  };
}
