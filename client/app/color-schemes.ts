import type { MantineColorSchemeManager } from '@mantine/core';

/** The scheme follows the system and is remembered nowhere: nothing of ours goes into the browser's storage. */
export const colorSchemes: MantineColorSchemeManager = {
  get: (defaultValue) => defaultValue,
  set: () => undefined,
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => undefined,
};
