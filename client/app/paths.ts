/** Addresses of the screens. They stay in the browser's history, so they name nothing of the field we work in. */
export const paths = {
  home: '/',
  help: '/help',
  work: '/work',
  register: '/new',
  find: '/find',
  item: (caseId: string) => `/items/${caseId}`,
  refer: (caseId: string) => `/items/${caseId}/send`,
  inbox: '/inbox',
  message: (referralId: string) => `/messages/${referralId}`,
  slip: (referralId: string) => `/messages/${referralId}/sheet`,
  log: '/log',
} as const;
