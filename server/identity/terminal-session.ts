import { runWork, type WorkPorts, type WorkRequest } from '../db/work.ts';
import { AppError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { recordAttempt } from './sign-in.ts';
import { PASSWORD_PARAMETERS, passwordProof } from './password.ts';
import { endSession, openSession, sessionOf, signInParameters } from './session.store.ts';
import { newBearer, sessionName } from './tokens.ts';

export type Credentials = { username: string; password: string };

const LIFE_SECONDS = 300;

/**
 * Signs a person in at the terminal for the time that `run` takes: the same proof, the same records as over HTTP.
 * @throws AppError SIGN_IN_FAILED, on record like any other try
 */
export async function withTerminalSession<T>(
  ports: WorkPorts,
  { username, password }: Credentials,
  run: (bearer: Buffer) => Promise<T>,
): Promise<T> {
  const { parameters, salt } = await signInParameters(ports.pool, username, PASSWORD_PARAMETERS);
  const proof = await passwordProof(password, parameters, salt);
  const { bearer, tokenHash } = newBearer();
  const session = { sessionId: newId(), tokenHash, publicHash: sessionName(tokenHash), lifeSeconds: LIFE_SECONDS };
  await runWork(ports, anonymous('session.open'), async (work) => {
    const staffId = await openSession(work, { username, proof, ...session });
    if (staffId === null) {
      await recordAttempt(work, username);
      throw new AppError('SIGN_IN_FAILED');
    }
    work.record({ objectKind: 'staff', objectId: staffId });
  });
  try {
    return await run(bearer);
  } finally {
    await endTerminalSession(ports, bearer);
  }
}

async function endTerminalSession(ports: WorkPorts, bearer: Buffer): Promise<void> {
  await runWork(ports, anonymous('session.end'), async (work) => {
    const session = await sessionOf(work, bearer);
    await endSession(work, bearer);
    const object = session === undefined ? {} : { objectId: session.sessionId, ownerAgencyId: session.agencyId };
    work.record({ objectKind: 'session', ...object });
  });
}

function anonymous(action: string): WorkRequest {
  return {
    bearer: null,
    purpose: '',
    deed: { action },
    requestId: newId(),
    occurredAtMs: Date.now(),
    isDemonstration: false,
  };
}
