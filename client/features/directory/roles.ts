/** Whether a person's roles let her register and work on cases; the server decides each time. */
export function mayRegister(roles: readonly string[]): boolean {
  return roles.includes('case_worker') || roles.includes('duty_officer');
}
