import { useContext, useEffect, useId, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ButtonRow } from './button-row.tsx';
import { Button } from './button.tsx';
import './confirm-dialog.css';
import { ExitSlot } from './exit-slot.ts';

export type ConfirmDialogProps = {
  isOpen: boolean;
  heading: string;
  /** What will happen, in full sentences. */
  children: ReactNode;
  /** A verb of its own ("Gửi phiếu"), never "OK". */
  confirmLabel: string;
  isGrave?: boolean;
  isBusy?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
};

/** Interrupts before something grave. The browser's own dialog keeps the focus inside and closes on Esc. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  // Mounted anew for each opening, so that the browser gives the focus back to where it came from.
  return props.isOpen ? <OpenDialog {...props} /> : null;
}

function OpenDialog({
  heading,
  children,
  confirmLabel,
  isGrave,
  isBusy = false,
  onConfirm,
  onCancel,
}: ConfirmDialogProps) {
  const { t } = useTranslation('ui');
  const exit = useContext(ExitSlot);
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const top = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const element = dialog.current;
    const opener = document.activeElement;
    if (element && !element.open) element.showModal();
    top.current?.focus();
    return () => {
      element?.close();
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    <dialog
      className="confirm-dialog"
      ref={dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onCancel();
      }}
    >
      {/* The page's own quick exit cannot be reached while a dialog is open. */}
      <div className="confirm-dialog-top">{exit}</div>
      <h2 className="confirm-dialog-heading" id={id} ref={top} tabIndex={-1}>
        {heading}
      </h2>
      {children}
      <ButtonRow>
        <Button look={isGrave ? 'grave' : 'main'} isBusy={isBusy} onClick={onConfirm}>
          {isBusy ? t('dialog.busy') : confirmLabel}
        </Button>
        <Button onClick={onCancel}>{t('dialog.cancel')}</Button>
      </ButtonRow>
    </dialog>
  );
}
