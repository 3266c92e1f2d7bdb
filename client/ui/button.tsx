import { Button as MantineButton } from '@mantine/core';
import '@mantine/core/styles/UnstyledButton.layer.css';
import '@mantine/core/styles/Button.layer.css';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import './button.css';

/** `main` once per screen; `grave` for deeds that cannot be undone. Their colours are in `app/theme.ts`. */
export type ButtonLook = 'main' | 'plain' | 'quiet' | 'grave';

export type ButtonProps = {
  look?: ButtonLook;
  type?: 'button' | 'submit';
  /** Under way: a second press does nothing. The button keeps the focus, which disabling would lose. */
  isBusy?: boolean;
  onClick?: () => void;
  children: ReactNode;
};

export function Button({ look = 'plain', type = 'button', isBusy = false, onClick, children }: ButtonProps) {
  return (
    <MantineButton
      type={type}
      variant={look}
      aria-disabled={isBusy || undefined}
      onClick={(event) => {
        if (isBusy) event.preventDefault();
        else onClick?.();
      }}
    >
      {children}
    </MantineButton>
  );
}

export type ButtonLinkProps = { to: string; look?: ButtonLook; children: ReactNode };

/** Goes to another screen and looks like a button; replaces the history as all our links do. */
export function ButtonLink({ to, look = 'main', children }: ButtonLinkProps) {
  return (
    <MantineButton component={Link} to={to} replace variant={look}>
      {children}
    </MantineButton>
  );
}
