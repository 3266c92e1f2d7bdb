export const words = {
  title: 'slip',
} as const;
