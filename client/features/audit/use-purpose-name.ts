import { useNameOf, usePurposes } from '../directory/use-directory.ts';

/** Says for what something was looked at. */
export function usePurposeName(): (code: string) => string {
  const purposes = usePurposes();
  const nameOf = useNameOf();
  return (code) => {
    const found = purposes.data?.data.items.find((each) => each.code === code);
    return found ? nameOf(found) : '…';
  };
}
