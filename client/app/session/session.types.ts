export type Purpose = { code: string; nameVi: string; nameEn: string };

/** The answer of `GET /api/me` and of signing in. */
export type Me = {
  staff: { id: string; displayName: string; roles: readonly string[] };
  agency: { id: string; nameVi: string; nameEn: string; sectors: readonly string[] };
  session: {
    idleLockMs: number;
    lockedEndMs: number;
    /** ISO 8601 or milliseconds since 1970. */
    expiresAt: string | number;
    locked: boolean;
  };
  demonstration: boolean;
  purposes: readonly Purpose[];
};

export type SignedOutReason = 'fresh' | 'ended' | 'signed-out';

/** `left` is final: the page was left by the quick exit and only a new start of the client brings it back. */
export type SessionState =
  | { kind: 'left' }
  | { kind: 'loading' }
  | { kind: 'unreachable' }
  | { kind: 'signed-out'; reason: SignedOutReason; isDemonstration: boolean }
  | { kind: 'open'; me: Me }
  | { kind: 'locked'; me: Me; sinceWallMs: number };
