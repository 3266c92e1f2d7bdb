import { useMediaQuery } from '@mantine/hooks';

/** Whether the screen is too narrow for 24 cells beside each other. */
export function useUpright(): boolean {
  return useMediaQuery('(max-width: 56rem)', false, { getInitialValueInEffect: false }) ?? false;
}
