import { paths } from '../../app/paths.ts';
import { useKeeper } from '../../app/session/use-session.ts';
import { useReplaceNavigate } from '../../ui/replace-link.tsx';
import { auditPath, noFilter, type AuditFilter } from './audit-filter.ts';

/** Kept while the log shows what another screen asked for: then its lines come first, and the conditions behind a tap. */
export const ARRIVED = 'audit-arrived';

/** Opens the log with these conditions, already looked up. They travel in memory: the address names none of them. */
export function useOpenLog(): (conditions: Partial<AuditFilter>) => void {
  const { kept, queries } = useKeeper();
  const navigate = useReplaceNavigate();
  return (conditions) => {
    const filter = { ...noFilter, ...conditions };
    const wanted = auditPath(filter, Date.now());
    queries.removeQueries({ queryKey: [wanted] });
    kept.put('audit-filter', filter);
    kept.put('audit-path', wanted);
    kept.put(ARRIVED, true);
    navigate(paths.log);
  };
}
