/** The `handle` of a route that needs no sign-in. */
export const openToAll = { isOpenToAll: true };

export function isOpenToAll({ handle }: { handle: unknown }): boolean {
  return handle === openToAll;
}
