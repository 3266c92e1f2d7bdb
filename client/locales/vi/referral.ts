export const words = {
  title: 'referral',
} as const;
