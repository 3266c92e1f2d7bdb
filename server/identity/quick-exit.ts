import type { Request, RequestHandler } from 'express';
import type { Config } from '../config/config.ts';
import type { Call, Endpoint } from '../http/endpoint.ts';
import { perform, type Performer } from '../http/perform.ts';
import { endOwnSession } from './end-session.ts';
import type { SessionCookie } from '../http/session-cookie.ts';
import type { Clock } from '../kernel/clock.ts';

type Parts = {
  context: { config: Config; performer: Performer; endpoints: readonly Endpoint[]; clock: Clock };
  bearerOf: (request: Request) => Promise<Buffer | null>;
  cookie: SessionCookie;
};

/**
 * Quick exit: ends the session, clears what the browser keeps of this site and goes to a dull page.
 * Whatever fails on the way, the person still gets away.
 */
export function quickExit({ context, bearerOf, cookie }: Parts): RequestHandler {
  return async (request, response) => {
    response.locals['route'] = 'get /exit';
    const end = context.endpoints.find((endpoint) => endpoint.action === 'session.end');
    const leave = end && { ...end, run: (call: Call<never, never, never>) => endOwnSession(call, 'QUICK_EXIT') };
    const bearer = await bearerOf(request);
    if (bearer !== null && leave !== undefined) {
      const requestId = String(response.locals['requestId']);
      const given = {
        bearer,
        address: '',
        requestId,
        clock: context.clock,
        isDemonstration: false,
        params: {},
        query: {},
        body: {},
      };
      await perform(context.performer, leave, {
        ...given,
        purpose: undefined,
        ifMatch: undefined,
        idempotencyKey: undefined,
      }).catch(() => {});
    }
    cookie.clear(response);
    response.set('Clear-Site-Data', '"cache", "cookies", "storage"');
    response.redirect(303, context.config.exitUrl);
  };
}
