import type { Pool } from 'pg';
import type { Directory } from '../directory/directory.ts';
import { endpoint, type Endpoint } from '../http/endpoint.ts';
import { nothing } from '../kernel/fields.contract.ts';
import type { Guesses } from './guesses.ts';
import { me, signInBody, tokenAnswer, unlockBody } from './identity.contract.ts';
import { endOwnSession, issueToken, lockOwnSession } from './end-session.ts';
import { prepareProof, signIn, unlock } from './sign-in.ts';
import type { Tokens } from './tokens.ts';
import { viewMe } from './view-me.ts';

export type IdentityDeps = {
  pool: Pool;
  directory: Directory;
  guesses: Guesses;
  tokens: Tokens;
  limits: SessionLimits;
};
export type SessionLimits = { idleLockMs: number; lockedEndMs: number; sessionMs: number };

const office = { kind: 'office' } as const;

export function identityEndpoints(deps: IdentityDeps): Endpoint[] {
  return [...sessionEndpoints(deps), ...personEndpoints(deps), ...lockEndpoints(deps)];
}

function sessionEndpoints(deps: IdentityDeps): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/api/session',
      action: 'session.open',
      access: 'public',
      summary: { vi: 'Đăng nhập', en: 'Sign in' },
      subject: office,
      body: signInBody,
      example: { username: 'lan.vhxh.sontra', password: 'mật khẩu trong demo-accounts.json' },
      answer: me,
      status: 200,
      prepare: ({ body, address }) => prepareProof(deps, body, address),
      run: (call) => signIn(deps, call),
    }),
    endpoint({
      method: 'delete',
      path: '/api/session',
      action: 'session.end',
      access: 'bearer',
      summary: { vi: 'Đăng xuất', en: 'Sign out' },
      subject: office,
      answer: nothing,
      status: 204,
      prepare: async ({ bearer }) => bearer,
      run: (call) => endOwnSession(call),
    }),
  ];
}

function personEndpoints(deps: IdentityDeps): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/api/me',
      action: 'session.view',
      summary: { vi: 'Tôi là ai, phiên của tôi còn đến khi nào', en: 'Who I am and how long my session lasts' },
      subject: office,
      answer: me,
      status: 200,
      run: async ({ work }) => {
        work.record({});
        return { body: viewMe(deps, work.staff, work.now) };
      },
    }),
    endpoint({
      method: 'post',
      path: '/api/token',
      action: 'session.issue_token',
      summary: {
        vi: 'Lấy mã truy cập 5 phút cho phần mềm của đơn vị',
        en: 'Get a 5-minute token for the agency’s own software',
      },
      subject: office,
      body: nothing,
      example: {},
      answer: tokenAnswer,
      status: 200,
      run: (call) => issueToken(deps, call),
    }),
  ];
}

function lockEndpoints(deps: IdentityDeps): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/api/session/lock',
      action: 'session.lock',
      summary: { vi: 'Khoá màn hình', en: 'Lock the screen' },
      subject: office,
      body: nothing,
      example: {},
      answer: nothing,
      status: 204,
      prepare: async ({ bearer }) => bearer,
      run: (call) => lockOwnSession(call),
    }),
    endpoint({
      method: 'post',
      path: '/api/session/unlock',
      action: 'session.unlock',
      access: 'bearer',
      summary: { vi: 'Mở khoá màn hình bằng mật khẩu', en: 'Unlock the screen with the password' },
      subject: office,
      body: unlockBody,
      example: { password: 'mật khẩu trong demo-accounts.json' },
      answer: nothing,
      status: 204,
      prepare: ({ body, bearer, address }) =>
        prepareProof(deps, { ...(body as { password: string }), bearer }, address),
      run: (call) => unlock(deps, call),
    }),
  ];
}
