/**
 * What people are typing. It survives a lock of the screen, sealed; it does not survive exit, sign-out or reload.
 * Values must be plain JSON.
 */
export type KeptStore = {
  get: (key: string) => unknown;
  put: (key: string, value: unknown) => void;
  drop: (key: string) => void;
  /** Leaves only ciphertext in memory. The plain values are gone from the store before this returns its promise. */
  seal: () => Promise<void>;
  /** Brings the values back; without effect when nothing is sealed. */
  open: () => Promise<void>;
  wipe: () => void;
};

type Sealed = { key: CryptoKey; iv: Uint8Array<ArrayBuffer>; box: ArrayBuffer };
type Shelf = { plain: Map<string, unknown>; sealed: Promise<Sealed | undefined>[] };

export function createKeptStore(): KeptStore {
  let shelf: Shelf = { plain: new Map(), sealed: [] };
  return {
    get: (key) => shelf.plain.get(key),
    put: (key, value) => void shelf.plain.set(key, value),
    drop: (key) => void shelf.plain.delete(key),
    seal: async () => {
      if (shelf.plain.size === 0) return;
      const words = JSON.stringify([...shelf.plain]);
      shelf.plain.clear();
      const sealed = lockAway(words);
      shelf.sealed.push(sealed);
      await sealed;
    },
    open: async () => {
      const mine = shelf;
      const boxes = mine.sealed.splice(0);
      for (const box of boxes) for (const [key, value] of await takeOut(await box)) mine.plain.set(key, value);
    },
    wipe: () => {
      shelf.plain.clear();
      // A sealing or opening still under way keeps working on the old shelf, which nobody sees any more.
      shelf = { plain: new Map(), sealed: [] };
    },
  };
}

/** The key cannot be exported and dies with the box, so a look at memory finds no words to read. */
async function lockAway(words: string): Promise<Sealed> {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const box = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(words));
  return { key, iv, box };
}

async function takeOut(sealed: Sealed | undefined): Promise<[string, unknown][]> {
  if (!sealed) return [];
  const words = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv }, sealed.key, sealed.box);
  return JSON.parse(new TextDecoder().decode(words)) as [string, unknown][];
}
