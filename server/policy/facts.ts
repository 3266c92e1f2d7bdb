/** What a decision is about, as relations: no id enters the engine, so equal situations get equal answers. */
export type Resource =
  | { type: 'Office' }
  | { type: 'Log' }
  | {
      type: 'Case';
      isOwnAgency: boolean;
      isMember: boolean;
      isLead: boolean;
      isRestricted: boolean;
      isBarred: boolean;
      stage: string;
    }
  | { type: 'Consent'; isOwnAgency: boolean; isMember: boolean; isRestricted: boolean; isBarred: boolean }
  | { type: 'BreakGlass'; isOwnAgency: boolean; isMine: boolean; isBarred: boolean }
  | { type: 'Finding'; isOwnAgency: boolean; isAboutMe: boolean; state: string }
  | { type: 'Explanation'; isMine: boolean }
  | {
      type: 'Referral';
      isSender: boolean;
      isRecipient: boolean;
      isCaseMember: boolean;
      isAssigned: boolean;
      isRestricted: boolean;
      isBarred: boolean;
      state: string;
    };

export type Principal = { type: 'Anonymous' } | { type: 'Staff'; roles: readonly string[] };

export type Question = { principal: Principal; action: string; resource: Resource; purpose: string };

export type Decision = { isAllowed: boolean; policies: readonly string[] };

/** `named_case`: by id or code; `doubt`: the case that a doubt is about. */
export type Kind = 'case' | 'named_case' | 'doubt' | 'referral' | 'consent' | 'break_glass' | 'finding' | 'explanation';
