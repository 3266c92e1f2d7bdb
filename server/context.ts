import type { Logger } from 'pino';
import type { Pool } from 'pg';
import { eventStatements, auditEndpoints, openSealing, type Sealing } from './audit/index.ts';
import { caseEndpoints } from './cases/index.ts';
import type { Config } from './config/config.ts';
import { consentEndpoints } from './consent/index.ts';
import type { OpenDatabase } from './db/open-database.ts';
import { openPool } from './db/pool.ts';
import { requireSoundDatabase } from './db/soundness.ts';
import { directoryEndpoints } from './directory/directory.routes.ts';
import { openDirectory, type Directory } from './directory/directory.ts';
import type { Endpoint } from './http/endpoint.ts';
import { createLog } from './http/log.ts';
import { openMetrics, type Metrics } from './http/metrics/open-metrics.ts';
import type { Performer } from './http/perform.ts';
import { countGuesses } from './identity/guesses.ts';
import { identityEndpoints } from './identity/identity.routes.ts';
import { openTokens, type Tokens } from './identity/tokens.ts';
import { systemClock, type Clock } from './kernel/clock.ts';
import { AUDIT_LOG_KEY, derivedSigningKey, openKeys, startRenewing, type Custodian, type Keys } from './keys/index.ts';
import { loadPolicies, notePolicies, policyDigests, type PolicyEngine } from './policy/index.ts';
import { closeReferralsOf, referralEndpoints, servicesOfCase } from './referrals/index.ts';
import { startPurging } from './retention/index.ts';
import { safeguardEndpoints } from './safeguards/index.ts';

/** Everything the running system is made of; built here and nowhere else. */
export type AppContext = {
  config: Config;
  clock: Clock;
  log: Logger;
  /** `keys` is apart: works that fill the other pools must not wait for one another when they ask for public keys. */
  pools: { app: Pool; auditor: Pool; keys: Pool };
  directory: Directory;
  keys: Keys;
  tokens: Tokens;
  policy: PolicyEngine;
  performer: Performer;
  endpoints: readonly Endpoint[];
  auditHealth: Sealing['health'];
  /** Null where nobody asked for figures. */
  metrics: Metrics | null;
  dispose(): Promise<void>;
};

/**
 * Without a keeper this process renews no data keys; `npm run keys:rotate` does then. Without a sequencer it does not seal the
 * log; another process of the installation has to.
 */
export type Urls = OpenDatabase['urls'];
export type Overrides = Partial<{ clock: Clock; log: Logger; policy: PolicyEngine }>;

/**
 * Builds the context: pools, directory, keys, policies, rooms. Refuses a database on which row-level security
 * would not hold. Tests pass `overrides`; production passes none.
 */
export async function createContext(
  config: Config,
  ports: { urls: Urls; custodian: Custodian },
  overrides: Overrides = {},
): Promise<AppContext> {
  const log = overrides.log ?? createLog({ level: config.logLevel });
  const pools = openPools(config, ports.urls, log);
  try {
    await requireSoundDatabase(pools.app);
    const policy = overrides.policy ?? loadPolicies();
    const directory = await openDirectory(pools.app);
    const keys = openKeys(ports.custodian, pools.keys);
    const tokens = openTokens(ports.custodian);
    const performer = performerOf({ pools, policy, directory, keys });
    await notePolicies(performer.appPorts, await policyDigests());
    const clock = overrides.clock ?? systemClock;
    const purging = startPurging(performer.appPorts, (error) => log.error({ event: 'retention.failed', error }));
    const renewing = renewingFor(ports.urls.keeper, { pools, keys, log });
    const sealing = await sealingFor(config, ports.urls, { pools, keys, log });
    const endpoints = roomsOf({ pool: pools.app, directory, keys, tokens, seal: sealing.deps }, config);
    const { health: auditHealth } = sealing;
    const metrics = config.metrics === null ? null : openMetrics(clock, sealing);
    const dispose = async (): Promise<void> => {
      purging.stop();
      await Promise.all([renewing.stop(), sealing.stop()]);
      directory.close();
      keys.close();
      await closePools(pools);
    };
    const parts = { config, clock, log, pools, directory, keys, tokens, policy, performer, endpoints };
    return { ...parts, auditHealth, metrics, dispose };
  } catch (error) {
    await closePools(pools);
    throw error;
  }
}

function renewingFor(
  url: string | undefined,
  on: Pick<AppContext, 'pools' | 'keys' | 'log'>,
): { stop(): Promise<void> } {
  if (url === undefined) return { stop: async () => {} };
  const onFailure = (error: unknown): void => on.log.error({ event: 'keys.renewal_failed', error });
  const pool = openPool({ url, max: 2, role: 'hien_keeper', onError: onFailure });
  const ports = { pool, eventsOf: eventStatements };
  const { custodian, principals } = on.keys;
  const loop = startRenewing({ ports, custodian, principals }, on.pools.app, onFailure);
  return { stop: () => loop.stop().then(() => pool.end()) };
}

function sealingFor(
  { audit: config }: Config,
  { sequencer: url }: Urls,
  { pools, keys, log }: Pick<AppContext, 'pools' | 'keys' | 'log'>,
): Promise<Sealing> {
  const key = derivedSigningKey(keys.custodian, AUDIT_LOG_KEY);
  return openSealing({ url, pool: pools.app, config, log, key });
}

type Pools = AppContext['pools'];

const KEY_READERS = 2;

function openPools(config: Config, urls: Urls, log: Logger): Pools {
  const onError = (error: Error): void => log.error({ event: 'pool.error', error });
  const auditors = Math.max(2, Math.ceil(config.poolSize / 4));
  return {
    app: openPool({ url: urls.app, max: config.poolSize, onError }),
    auditor: openPool({ url: urls.auditor, max: auditors, onError }),
    keys: openPool({ url: urls.app, max: KEY_READERS, onError }),
  };
}

async function closePools(pools: Pools): Promise<void> {
  await Promise.all([pools.app.end(), pools.auditor.end(), pools.keys.end()]);
}

function performerOf(parts: Pick<AppContext, 'pools' | 'policy' | 'directory' | 'keys'>): Performer {
  const { pools, policy, directory, keys } = parts;
  return {
    appPorts: { pool: pools.app, eventsOf: eventStatements },
    auditorPorts: { pool: pools.auditor, eventsOf: eventStatements },
    policy,
    directory,
    fingerprint: keys.fingerprint,
  };
}

type Parts = { pool: Pool; directory: Directory; keys: Keys; tokens: Tokens; seal: Sealing['deps'] };

function roomsOf({ pool, directory, keys, tokens, seal }: Parts, config: Config): Endpoint[] {
  const guesses = countGuesses();
  return [
    ...identityEndpoints({ pool, directory, tokens, guesses, limits: config.session }),
    ...safeguardEndpoints({ pool, keys, directory, guesses }),
    ...caseEndpoints({ keys, directory, servicesOf: servicesOfCase(keys) }),
    ...consentEndpoints({ keys, directory, closeReferrals: closeReferralsOf }),
    ...referralEndpoints({ keys, directory }),
    ...directoryEndpoints({ directory }),
    ...auditEndpoints({ directory, keys, seal }),
  ];
}
