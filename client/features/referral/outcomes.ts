/** Whether anything was given: only then is it asked what. */
export function wasServed(outcome: string): boolean {
  return outcome === 'SERVICE_GIVEN' || outcome === 'PARTLY_GIVEN';
}
