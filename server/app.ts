import express, { type Express, type Request } from 'express';
import type { AppContext } from './context.ts';
import { bodyReader } from './http/body.ts';
import { mountDocs } from './http/docs.ts';
import { accessLog, identifyRequest, sameOriginOnly, securityHeaders } from './http/headers.ts';
import { mountHealth } from './http/health.ts';
import { compressShared, mountClient } from './http/pages.ts';
import { problemHandler } from './http/problem-handler.ts';
import { mount } from './http/serve.ts';
import { sessionCookie } from './http/session-cookie.ts';
import { quickExit } from './identity/quick-exit.ts';
import { bearerFrom } from './identity/tokens.ts';
import { AppError } from './kernel/errors.ts';

/** Order of middleware and mounts; no logic. */
export async function createApp(context: AppContext): Promise<Express> {
  const { config, log } = context;
  const cookie = sessionCookie({ isSecure: config.hasSecureCookies });
  const bearerOf = async (request: Request): Promise<Buffer | null> => {
    const token = /^Bearer (.+)$/.exec(request.get('authorization') ?? '')?.[1];
    return token === undefined ? bearerFrom(cookie.read(request)) : context.tokens.read(token);
  };
  const app = express();
  app.disable('x-powered-by').disable('etag').set('trust proxy', config.isProxyTrusted).set('query parser', 'simple');
  app.use(identifyRequest, accessLog(log), ...securityHeaders({ isTls: config.hasSecureCookies }));
  if (context.metrics !== null) app.use(context.metrics.meter);
  mountHealth(app, {
    pool: context.pools.app,
    isCustodianReady: context.keys.custodian.isReady,
    audit: context.auditHealth,
  });
  app.get('/exit', quickExit({ context, bearerOf, cookie }));
  app.get('/.well-known/jwks.json', async (_request, response) => void response.json(await context.tokens.keySet()));
  compressShared(app);
  await mountDocs(app, context.endpoints);
  app.use('/api', sameOriginOnly);
  const readBody = bodyReader({ maxBytes: config.limits.maxBodyBytes });
  mount(app, { performer: context.performer, clock: context.clock, readBody, bearerOf, setSession }, context.endpoints);
  app.all('/api/*rest', () => {
    throw new AppError('NOT_FOUND');
  });
  await mountClient(app);
  app.use(() => {
    throw new AppError('NOT_FOUND');
  });
  app.use(problemHandler({ log, isDemonstration: () => context.directory.snapshot().isDemonstration }));
  return app;

  function setSession(response: express.Response, session: { token: Buffer } | 'ended'): void {
    if (session === 'ended') return cookie.clear(response);
    cookie.set(response, session.token.toString('base64url'));
  }
}
