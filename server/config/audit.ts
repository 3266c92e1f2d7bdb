import path from 'node:path';
import * as z from 'zod';

/** Where the signed log keeps what must not lie in the database, what it is called, and who witnesses it. */
export const auditSettings = z.object({
  /** Folder of the last signed checkpoint; not on the disk, and not in the backup, of the database. */
  HIEN_AUDIT_FOLDER: z.string().min(1).optional(),
  /** Name of the log, such as `log.example.gov.vn/hien`; counts when the log begins. */
  HIEN_AUDIT_ORIGIN: z
    .string()
    .regex(/^[^\s\p{Cc}+]{1,200}$/u)
    .optional(),
  /** File with the witnesses: JSON `[{"name", "url", "vkey"}]`. */
  HIEN_AUDIT_WITNESSES: z.string().min(1).optional(),
  HIEN_AUDIT_INTERVAL_MS: z.coerce.number().int().min(20).max(10_000).default(1_000),
});

export type AuditConfig = Readonly<{
  folder: string;
  origin: string | undefined;
  witnessesFile: string | undefined;
  intervalMs: number;
}>;

export function auditOf(env: z.output<typeof auditSettings>, dataFolder: string): AuditConfig {
  return {
    folder: env.HIEN_AUDIT_FOLDER ?? path.join(dataFolder, 'audit'),
    origin: env.HIEN_AUDIT_ORIGIN,
    witnessesFile: env.HIEN_AUDIT_WITNESSES,
    intervalMs: env.HIEN_AUDIT_INTERVAL_MS,
  };
}
