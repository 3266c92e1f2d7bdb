export type Purpose = { code: string; nameVi: string; nameEn: string };

/** The answer of `GET /api/me` and of signing in. */
export type Me = {
  staff: { id: string; displayName: string; roles: readonly string[] };
  agency: { id: string; nameVi: string; nameEn: string; sectors: readonly string[]; areaCode: string };
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
  /** `me` is null when the page was loaded while locked: the server tells no name before the password. */
  | { kind: 'locked'; me: Me | null; sinceWallMs: number };
