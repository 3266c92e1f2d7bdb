export const words = {
  title: 'audit',
} as const;
