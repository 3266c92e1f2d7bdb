/** How far the putting together of a referral has come; kept in memory, so that a lock loses nothing. */
export type Progress = { sector: string; service: string; agencyId: string };

export const atStart: Progress = { sector: '', service: '', agencyId: '' };

export type Step = 'sector' | 'service' | 'agency' | 'share';

export function stepOf({ sector, service, agencyId }: Progress): Step {
  if (service !== '') return agencyId === '' ? 'agency' : 'share';
  return sector === '' ? 'sector' : 'service';
}

/** One step back; nothing before the first. */
export function stepBack(progress: Progress): Progress {
  if (progress.agencyId !== '') return { ...progress, agencyId: '' };
  return progress.service === '' ? atStart : { ...progress, service: '' };
}
