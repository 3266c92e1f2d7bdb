/** Whether a person's roles let her register and work on cases; the server decides each time. */
export function mayRegister(roles: readonly string[]): boolean {
  return roles.includes('case_worker') || roles.includes('duty_officer');
}

/** Whether a person's roles let her open a case of her agency in an emergency; the server decides each time. */
export function mayOpenUrgently(roles: readonly string[]): boolean {
  return mayRegister(roles) || roles.includes('supervisor');
}
