import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { auditOf, auditSettings, type AuditConfig } from './audit.ts';
import { metricsOf, metricsSettings, type MetricsConfig } from './metrics.ts';
import { requireTransit, transitOf, transitSettings, type TransitConfig } from './transit.ts';

const MINUTE_MS = 60_000;
const flag = z.enum(['0', '1', 'true', 'false']).transform((value) => value === '1' || value === 'true');

/** Every setting the process reads, and the only place where the environment is read. */
const environment = z
  .object({
    PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
    HOST: z.string().min(1).default('127.0.0.1'),
    HIEN_DATA: z.string().min(1).default('.data'),
    DATABASE_URL: z.string().min(1).optional(),
    DATABASE_OWNER_URL: z.string().min(1).optional(),
    DATABASE_AUDITOR_URL: z.string().min(1).optional(),
    DATABASE_KEEPER_URL: z.string().min(1).optional(),
    DATABASE_SEQUENCER_URL: z.string().min(1).optional(),
    DATABASE_POOL: z.coerce.number().int().min(1).max(200).default(12),
    HIEN_KEYRING: z.string().min(1).optional(),
    HIEN_KEYRING_PASSPHRASE_FILE: z.string().min(1).optional(),
    HIEN_CUSTODIAN: z.enum(['keyring', 'transit']).default('keyring'),
    ...transitSettings.shape,
    ...auditSettings.shape,
    ...metricsSettings.shape,
    HIEN_SECURE_COOKIES: flag.optional(),
    HIEN_TRUST_PROXY: flag.default(false),
    HIEN_IDLE_LOCK_MINUTES: z.coerce.number().int().min(3).max(15).default(5),
    HIEN_EXIT_URL: z.url().default('https://nchmf.gov.vn/'),
    HIEN_DEMONSTRATION: flag.default(true),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  })
  .superRefine(requireTransit);

export type Config = Readonly<{
  port: number;
  host: string;
  dataFolder: string;
  database: Readonly<{
    url: string;
    ownerUrl: string | undefined;
    auditorUrl: string | undefined;
    keeperUrl: string | undefined;
    sequencerUrl: string | undefined;
    poolSize: number;
  }> | null;
  /** Owner's connection for commands; with no `database` it stands alone. */
  ownerUrl: string | undefined;
  poolSize: number;
  keyring: Readonly<{ file: string | undefined; passphraseFile: string | undefined }>;
  /** `null`: the keyring keeps the keys. */
  transit: TransitConfig | null;
  audit: AuditConfig;
  metrics: MetricsConfig;
  hasSecureCookies: boolean;
  isProxyTrusted: boolean;
  session: Readonly<{ idleLockMs: number; lockedEndMs: number; sessionMs: number }>;
  exitUrl: string;
  isDemonstrationWanted: boolean;
  logLevel: string;
  limits: Readonly<{ maxBodyBytes: number; requestTimeoutMs: number }>;
  processId: string;
}>;

/** Reads and checks the environment once. @throws Error that lists every fault in one sentence each */
export function readConfig(source: NodeJS.ProcessEnv = process.env): Config {
  const parsed = environment.safeParse(source);
  if (!parsed.success) throw wrongSettings(parsed.error.issues);
  return Object.freeze(shaped(parsed.data));
}

function wrongSettings(issues: readonly z.core.$ZodIssue[]): Error {
  const faults = issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  return new Error(`Cấu hình sai / Wrong settings:\n  ${faults.join('\n  ')}`);
}

function shaped(env: z.output<typeof environment>): Config {
  const { DATABASE_URL: url } = env;
  return {
    port: env.PORT,
    host: env.HOST,
    dataFolder: env.HIEN_DATA,
    database:
      url === undefined
        ? null
        : {
            url,
            ownerUrl: env.DATABASE_OWNER_URL,
            auditorUrl: env.DATABASE_AUDITOR_URL,
            keeperUrl: env.DATABASE_KEEPER_URL,
            sequencerUrl: env.DATABASE_SEQUENCER_URL,
            poolSize: env.DATABASE_POOL,
          },
    ownerUrl: env.DATABASE_OWNER_URL,
    poolSize: env.DATABASE_POOL,
    keyring: { file: env.HIEN_KEYRING, passphraseFile: env.HIEN_KEYRING_PASSPHRASE_FILE },
    transit: env.HIEN_CUSTODIAN === 'transit' ? transitOf(env) : null,
    audit: auditOf(env, env.HIEN_DATA),
    metrics: metricsOf(env),
    hasSecureCookies: env.HIEN_SECURE_COOKIES ?? env.HIEN_TRUST_PROXY,
    isProxyTrusted: env.HIEN_TRUST_PROXY,
    session: {
      idleLockMs: env.HIEN_IDLE_LOCK_MINUTES * MINUTE_MS,
      lockedEndMs: 15 * MINUTE_MS,
      sessionMs: 12 * 60 * MINUTE_MS,
    },
    exitUrl: env.HIEN_EXIT_URL,
    isDemonstrationWanted: env.HIEN_DEMONSTRATION,
    logLevel: env.LOG_LEVEL,
    limits: { maxBodyBytes: 256 * 1024, requestTimeoutMs: 30_000 },
    processId: randomUUID(),
  };
}
