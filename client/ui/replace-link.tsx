import { useCallback, type ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';

/**
 * A link that replaces the present entry of the history instead of adding one, so that Back reveals little.
 * Every link inside the application is of this kind.
 */
export function ReplaceLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link className="link" to={to} replace>
      {children}
    </Link>
  );
}

export function useReplaceNavigate(): (to: string) => void {
  const navigate = useNavigate();
  return useCallback((to: string) => void navigate(to, { replace: true }), [navigate]);
}
