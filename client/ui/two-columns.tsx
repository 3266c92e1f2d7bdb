import { useId, type ReactNode } from 'react';
import './two-columns.css';
import { Icon } from './icons.tsx';

export type Column = { heading: string; children: ReactNode };

/** "Will be sent" beside "stays here": what leaves the house is seen before it leaves. One column on a phone. */
export function TwoColumns({ leaves, stays }: { leaves: Column; stays: Column }) {
  const id = useId();
  return (
    <div className="two-columns">
      <section className="column column-out" aria-labelledby={`${id}-out`}>
        <h2 className="column-heading" id={`${id}-out`}>
          <Icon name="sent" />
          {leaves.heading}
        </h2>
        {leaves.children}
      </section>
      <section className="column column-in" aria-labelledby={`${id}-in`}>
        <h2 className="column-heading" id={`${id}-in`}>
          <Icon name="stays" />
          {stays.heading}
        </h2>
        {stays.children}
      </section>
    </div>
  );
}
