const shapes = {
  exit: 'M14 4h5v16h-5M4 12h10m-4-4 4 4-4 4',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  warning: 'M12 4 2.5 20h19zM12 10v4.5m0 2.5v.5',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  clock: 'M12 3a9 9 0 1 0 .01 0zM12 7v5.5l3.5 2',
  phone: 'M6 4h4l1.5 5-2.5 1.5a11 11 0 0 0 4.5 4.5L15 12.5l5 1.5v4a2 2 0 0 1-2 2A14 14 0 0 1 4 6a2 2 0 0 1 2-2z',
  info: 'M12 3a9 9 0 1 0 .01 0zM12 11v6m0-9.5v.5',
  cross: 'm6 6 12 12M18 6 6 18',
  sent: 'M12 20V5m-6 6 6-6 6 6',
  stays: 'M4 20V10l8-6 8 6v10zM9 20v-6h6v6',
} as const;

export type IconName = keyof typeof shapes;

/** Decoration beside a word; never alone, so it is silent for screen readers. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      <path d={shapes[name]} />
    </svg>
  );
}
