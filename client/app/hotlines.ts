/**
 * Numbers that anyone may call at any hour. They stand on every screen, also before the sign-in and without a network,
 * so they travel with the client and not with the directory.
 */
export const hotlines = [
  { key: 'police', number: '113', shown: '113' },
  { key: 'ambulance', number: '115', shown: '115' },
  { key: 'helpline', number: '111', shown: '111' },
] as const;

/** Its name would tell a bystander what this program is for: only on the help page. */
export const supportLine = { key: 'women', number: '1900969680', shown: '1900 96 96 80' } as const;
