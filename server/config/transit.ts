import * as z from 'zod';

/** Settings of HIEN_CUSTODIAN=transit: where the Vault or OpenBao is, and the files with what it knows us by. */
export const transitSettings = z.object({
  HIEN_TRANSIT_URL: z.url({ protocol: /^https?$/ }).optional(),
  HIEN_TRANSIT_NAMESPACE: z.string().min(1).optional(),
  HIEN_TRANSIT_MOUNT: z
    .string()
    .regex(/^[\w.-]+(\/[\w.-]+)*$/)
    .default('transit'),
  HIEN_TRANSIT_KEY_PREFIX: z
    .string()
    .regex(/^\w[\w.-]*$/)
    .default('hien'),
  HIEN_TRANSIT_TOKEN_FILE: z.string().min(1).optional(),
  HIEN_TRANSIT_ROLE_ID: z.string().min(1).optional(),
  HIEN_TRANSIT_SECRET_ID_FILE: z.string().min(1).optional(),
  HIEN_TRANSIT_LOGIN_MOUNT: z
    .string()
    .regex(/^[\w.-]+(\/[\w.-]+)*$/)
    .default('approle'),
});

export type TransitConfig = Readonly<{
  url: string;
  namespace: string | undefined;
  mount: string;
  keyPrefix: string;
  login: Readonly<{ tokenFile: string }> | Readonly<{ roleId: string; secretIdFile: string; loginMount: string }>;
}>;

type TransitEnvironment = z.output<typeof transitSettings>;
type Adding = { addIssue(issue: { code: 'custom'; path: string[]; message: string }): void };

/** Adds what is missing or contradictory among the settings of a transit engine in use. */
export function requireTransit(value: TransitEnvironment & { HIEN_CUSTODIAN: string }, context: Adding): void {
  if (value.HIEN_CUSTODIAN !== 'transit') return;
  const fault = (name: keyof TransitEnvironment, message: string): void =>
    context.addIssue({ code: 'custom', path: [name], message });
  if (value.HIEN_TRANSIT_URL === undefined) fault('HIEN_TRANSIT_URL', 'cần khi / needed with HIEN_CUSTODIAN=transit');
  else if (!isSafe(value.HIEN_TRANSIT_URL))
    fault('HIEN_TRANSIT_URL', 'phải là https, trừ máy này / must be https, except on this machine');
  if (loginOf(value) === undefined)
    fault(
      'HIEN_TRANSIT_TOKEN_FILE',
      'cần một trong hai: tệp này, hoặc HIEN_TRANSIT_ROLE_ID và HIEN_TRANSIT_SECRET_ID_FILE / needed: either this file, or HIEN_TRANSIT_ROLE_ID and HIEN_TRANSIT_SECRET_ID_FILE',
    );
}

/** The settings of a transit engine, from what `requireTransit` let pass. */
export function transitOf(env: TransitEnvironment): TransitConfig {
  const { HIEN_TRANSIT_URL: url, HIEN_TRANSIT_NAMESPACE: namespace } = env;
  const login = loginOf(env);
  if (url === undefined || login === undefined) throw new Error('HIEN_TRANSIT_URL');
  return { url, namespace, mount: env.HIEN_TRANSIT_MOUNT, keyPrefix: env.HIEN_TRANSIT_KEY_PREFIX, login };
}

function loginOf(env: TransitEnvironment): TransitConfig['login'] | undefined {
  const { HIEN_TRANSIT_TOKEN_FILE: tokenFile, HIEN_TRANSIT_ROLE_ID: roleId } = env;
  const { HIEN_TRANSIT_SECRET_ID_FILE: secretIdFile, HIEN_TRANSIT_LOGIN_MOUNT: loginMount } = env;
  const hasRole = roleId !== undefined && secretIdFile !== undefined;
  if (tokenFile !== undefined) return roleId === undefined && secretIdFile === undefined ? { tokenFile } : undefined;
  return hasRole ? { roleId, secretIdFile, loginMount } : undefined;
}

/** Keys pass over this connection: in the clear only where it never leaves the machine. */
function isSafe(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
