import { once } from 'node:events';
import { link, rename, rm, stat } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import path from 'node:path';
import { hasCode } from './durable-file.ts';
import { WitnessError } from './witness-error.ts';

/*
 * Two witnesses on one folder could sign two forks. The lock is a socket in the folder: whoever can be reached through it is
 * alive. Unlike a process number that holds across containers which share a volume, and the kernel ends it with the process.
 */

/** `isHeld`: still ours; asked before anything is signed. */
export type FolderLock = { isHeld(): Promise<boolean>; release(): Promise<void> };

const MAX_SOCKET_PATH_BYTES = 100;

/** Throws WitnessError FOLDER_IN_USE, FOLDER_PATH. */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const place = path.join(folder, 'lock');
  const own = `${place}.${process.pid}`;
  if (Buffer.byteLength(`${own}.aside`) > MAX_SOCKET_PATH_BYTES) throw new WitnessError('FOLDER_PATH', folder);
  await rm(own, { force: true });
  const server = createServer((socket) => socket.destroy()).listen(own);
  await once(server, 'listening');
  // Held by the server alone: the lock does not keep the process alive.
  server.unref();
  const { ino } = await stat(own);
  try {
    if (!(await linked(own, place))) await takeOver(own, place);
  } catch (error) {
    await closed(server);
    throw error;
  } finally {
    await rm(own, { force: true });
  }
  const isHeld = async (): Promise<boolean> => (await inodeOf(place)) === ino;
  return {
    isHeld,
    async release() {
      if (await isHeld()) await rm(place, { force: true });
      await closed(server);
    },
  };
}

/** A link appears whole or not at all, and never in another's place. */
async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function takeOver(own: string, place: string): Promise<void> {
  if (await answers(place)) throw new WitnessError('FOLDER_IN_USE', path.dirname(place));
  const aside = `${own}.aside`;
  await moveAside(place, aside);
  // Somebody else may have been faster: what was moved is then a living lock and goes back.
  const wasFresh = await answers(aside);
  if (wasFresh) await linked(aside, place);
  await rm(aside, { force: true });
  if (wasFresh || !(await linked(own, place))) throw new WitnessError('FOLDER_IN_USE', path.dirname(place));
}

/** What is gone already was given back in time. */
async function moveAside(place: string, aside: string): Promise<void> {
  await rename(place, aside).catch((error: unknown) => {
    if (!hasCode(error, 'ENOENT')) throw error;
  });
}

/** Is a living process behind the socket? */
async function answers(place: string): Promise<boolean> {
  const socket = connect(place);
  try {
    await once(socket, 'connect');
    return true;
  } catch (error) {
    // Anything else (a right that is missing, a full queue) does not say that nobody is there.
    if (hasCode(error, 'ECONNREFUSED') || hasCode(error, 'ENOENT')) return false;
    throw error;
  } finally {
    socket.destroy();
  }
}

function inodeOf(place: string): Promise<number | null> {
  return stat(place).then(
    ({ ino }) => ino,
    () => null,
  );
}

async function closed(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}
