import type { Incident } from './cases.contract.ts';

export type ClinicalWindow = { code: string; endsAt: string; isOpen: boolean };

/**
 * Until when care after sexual violence still works (WHO 2019/2020; domain §3.3). Counted from the earliest moment
 * that fits what is known, so the window never looks longer than it is; no full date, no window.
 */
export function clinicalWindows(
  incident: Incident,
  windows: readonly { code: string; withinMs: number }[],
  nowMs: number,
): ClinicalWindow[] {
  const isSexual =
    incident.kind === 'violence' && (incident.gbvType === 'RAPE' || incident.gbvType === 'SEXUAL_ASSAULT');
  if (!isSexual || incident.occurred.on.length !== 10) return [];
  const beganMs = Date.parse(`${incident.occurred.on}T${incident.occurred.at ?? '00:00'}:00+07:00`);
  return windows.map(({ code, withinMs }) => {
    const endsMs = beganMs + withinMs;
    return { code, endsAt: new Date(endsMs).toISOString(), isOpen: nowMs < endsMs };
  });
}
