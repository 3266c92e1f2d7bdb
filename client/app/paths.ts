/** Addresses of the screens. They stay in the browser's history, so they name nothing of the field we work in. */
export const paths = {
  home: '/',
  help: '/help',
  work: '/work',
  register: '/new',
  /** `page`: 1–4, `check` or `done`. */
  draft: (draftId: string, page: string) => `/new/${draftId}/${page}`,
  find: '/find',
  item: (caseId: string) => `/items/${caseId}`,
  /** The same screen, at its list of referrals. */
  itemReferrals: (caseId: string) => `/items/${caseId}?part=sent`,
  changeItem: (caseId: string) => `/items/${caseId}/change`,
  /** `part`: `person` or `others`. */
  changePeople: (caseId: string, part: string) => `/items/${caseId}/change/${part}`,
  changeIncident: (caseId: string, incidentId: string) => `/items/${caseId}/change/facts/${incidentId}`,
  excluded: (caseId: string) => `/items/${caseId}/excluded`,
  readers: (caseId: string) => `/items/${caseId}/readers`,
  terms: (caseId: string) => `/items/${caseId}/terms`,
  newTerms: (caseId: string) => `/items/${caseId}/terms/new`,
  refer: (caseId: string) => `/items/${caseId}/send`,
  continueRefer: (caseId: string, referralId: string) => `/items/${caseId}/send?draft=${referralId}`,
  sentRefer: (caseId: string, referralId: string) => `/items/${caseId}/send?sent=${referralId}`,
  inbox: '/inbox',
  outbox: '/inbox?box=outbox',
  message: (referralId: string) => `/messages/${referralId}`,
  slip: (referralId: string) => `/messages/${referralId}/sheet`,
  openings: '/openings',
  askOpening: '/openings/new',
  opening: (openingId: string) => `/openings/${openingId}`,
  overview: '/overview',
  log: '/log',
  checks: '/checks',
  newCheck: '/checks/new',
  check: (findingId: string) => `/checks/${findingId}`,
  seal: '/seal',
  /** What one is asked, by whoever reviews. */
  questions: '/questions',
} as const;
