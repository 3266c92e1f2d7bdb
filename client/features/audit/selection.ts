import type { Outlier } from '../../../server/audit/overview.contract.ts';
import { paths } from '../../app/paths.ts';
import { useKeeper } from '../../app/session/use-session.ts';
import { useReplaceNavigate } from '../../ui/replace-link.tsx';

/** What a finding will be about. It waits in memory while the auditor writes, and is sealed with a lock. */
export type Selection = {
  actor: Outlier['actor'];
  /** With its sentence where one was on the screen. */
  events: readonly { id: string; sentence?: string }[];
  rule: Outlier['rule'] | null;
  /** Whether the auditor came to ask. */
  isAsking: boolean;
};

const slot = 'new-check';

/** Goes to where a finding is written. */
export function useFindAbout(): (selection: Selection) => void {
  const { kept } = useKeeper();
  const navigate = useReplaceNavigate();
  return (selection) => {
    kept.put(slot, selection);
    navigate(paths.newCheck);
  };
}

export function useSelection(): Selection | undefined {
  return useKeeper().kept.get(slot) as Selection | undefined;
}
