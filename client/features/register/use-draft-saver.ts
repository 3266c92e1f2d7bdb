import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useApi } from '../../app/session/use-session.ts';
import { draftOf } from './draft-content.ts';
import type { RegistrationValues } from './values.ts';

export type DraftPhase = 'unsaved' | 'saving' | 'saved' | 'not-saved';

export type DraftSaver = {
  phase: DraftPhase;
  /** Wall time of the last saving that the server confirmed, ms. */
  savedAtMs: number | undefined;
  save: (values: RegistrationValues) => void;
  retry: () => void;
  /** Fulfilled when nothing is on its way any more, whatever became of it. */
  settled: () => Promise<void>;
};

export type DraftSaverInput = {
  draftId: string;
  /** A new registration, against which the draft is shortened. */
  empty: RegistrationValues;
  lastSavedAtMs: number | undefined;
};

/**
 * Saves the registration on the server behind the person's back: the next page does not wait for it. Savings of one
 * draft go one after the other, so the last one typed is the last one stored.
 */
export function useDraftSaver({ draftId, empty, lastSavedAtMs }: DraftSaverInput): DraftSaver {
  const api = useApi();
  const [savedAtMs, setSavedAtMs] = useState(lastSavedAtMs);
  const last = useRef<Promise<void>>(Promise.resolve());
  const mutation = useMutation({
    scope: { id: `draft:${draftId}` },
    mutationFn: (values: RegistrationValues) =>
      api.put(`/api/drafts/${draftId}`, { page: Math.min(values.reached, 5), content: draftOf(values, empty) }),
    onSuccess: () => setSavedAtMs(Date.now()),
  });
  function save(values: RegistrationValues): void {
    last.current = mutation.mutateAsync(values).then(ignore, ignore);
  }
  return {
    phase: phaseOf(mutation.status, savedAtMs),
    savedAtMs,
    save,
    retry: () => {
      if (mutation.variables) save(mutation.variables);
    },
    settled: () => last.current,
  };
}

/** A failure shows in `phase`. */
function ignore(): void {}

function phaseOf(status: 'idle' | 'pending' | 'success' | 'error', savedAtMs: number | undefined): DraftPhase {
  if (status === 'pending') return 'saving';
  if (status === 'error') return 'not-saved';
  return savedAtMs === undefined ? 'unsaved' : 'saved';
}
