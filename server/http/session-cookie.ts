import type { Request, Response } from 'express';

/** Name and attributes of the session cookie; `__Host-` binds it to this host over TLS. It has no lifetime: it dies with the browser. */
export type SessionCookie = {
  read(request: Request): string | undefined;
  set(response: Response, value: string): void;
  clear(response: Response): void;
};

export function sessionCookie(options: { isSecure: boolean }): SessionCookie {
  const name = options.isSecure ? '__Host-so' : 'so';
  const attributes = { httpOnly: true, sameSite: 'strict', secure: options.isSecure, path: '/' } as const;
  const pattern = new RegExp(`(?:^|;\\s*)${name}=([^;]*)`);
  return {
    read: (request) => pattern.exec(request.get('cookie') ?? '')?.[1],
    set: (response, value) => void response.cookie(name, value, attributes),
    clear: (response) => void response.clearCookie(name, attributes),
  };
}
