import { randomBytes, randomUUID } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { AppError } from '../kernel/errors.ts';

/** Names the request and the page's nonce before anything else happens. */
export function identifyRequest(_request: Request, response: Response, next: NextFunction): void {
  response.locals['requestId'] = randomUUID();
  response.locals['nonce'] = randomBytes(16).toString('base64');
  next();
}

/** Nothing may be embedded, sniffed, remembered or told to third parties; scripts and styles come from here only. */
export function securityHeaders(options: { isTls: boolean }): RequestHandler[] {
  const nonce = (_request: unknown, response: unknown): string =>
    `'nonce-${String((response as Response).locals['nonce'])}'`;
  const guard = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", nonce],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    crossOriginEmbedderPolicy: true,
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
    strictTransportSecurity: options.isTls ? { maxAge: 31_536_000, includeSubDomains: true } : false,
  });
  return [guard, quietHeaders];
}

function quietHeaders(_request: Request, response: Response, next: NextFunction): void {
  response.set('Cache-Control', 'no-store');
  response.set('X-Robots-Tag', 'noindex, nofollow');
  response.set('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), browsing-topics=()');
  next();
}

/** One line per request: route pattern, status, duration; never an address with values in it. */
export function accessLog(log: Logger): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    response.on('finish', () => {
      const { requestId, route, code } = response.locals;
      const ms = Math.round((performance.now() - startedAt) * 10) / 10;
      log.info({
        event: 'request',
        request: requestId,
        method: request.method,
        route: route ?? 'other',
        status: response.statusCode,
        ...(code ? { code } : {}),
        ms,
      });
    });
    next();
  };
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A browser's unsafe request must come from our own pages (Fetch Metadata, or Origin where that is missing).
 * Programs send neither and carry no ambient cookie of somebody else.
 */
export function sameOriginOnly(request: Request, _response: Response, next: NextFunction): void {
  if (SAFE.has(request.method)) return next();
  const site = request.get('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new AppError('ORIGIN_REFUSED');
  const origin = request.get('origin');
  if (origin !== undefined && hostOf(origin) !== request.get('host')) throw new AppError('ORIGIN_REFUSED');
  next();
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
