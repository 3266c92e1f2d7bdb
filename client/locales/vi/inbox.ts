export const words = {
  title: 'inbox',
} as const;
