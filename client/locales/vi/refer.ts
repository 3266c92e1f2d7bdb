export const words = {
  title: 'refer',
} as const;
