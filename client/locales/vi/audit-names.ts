export const words = {
  title: 'audit-names',
} as const;
