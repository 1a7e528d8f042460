import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { useAction } from '../hooks.ts';
import { Button, Failure } from './ui.tsx';

interface AskProps {
  title: string;
  /** The word on the button that does it. */
  yes: string;
  isDangerous?: boolean;
  /** What opened it is gone when it is done: the focus goes to the card's heading then. */
  removes?: boolean;
  onYes: (form: FormData) => Promise<void>;
  onClose: () => void;
  children?: ComponentChildren;
}

/**
 * A question before something is done. The page behind it is out of reach, Escape says no, what fails is said inside, and the focus
 * goes back to where it was.
 */
export function Ask({
  title,
  yes,
  isDangerous = false,
  removes = false,
  onYes,
  onClose,
  children,
}: AskProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const home = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const opener = document.activeElement;
    home.current = opener instanceof HTMLElement ? opener : null;
    dialog.current?.showModal();
    return () => home.current?.focus();
  }, []);
  const act = useAction(async (form: FormData) => {
    await onYes(form);
    if (removes) home.current = home.current?.closest('.card')?.querySelector('h2') ?? null;
    dialog.current?.close();
  });
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    void act.run(new FormData(event.currentTarget as HTMLFormElement));
  };
  return (
    <dialog ref={dialog} class="ask" aria-labelledby={id} onClose={onClose}>
      <form onSubmit={onSubmit}>
        <h2 id={id}>{title}</h2>
        {children}
        <Failure error={act.error} />
        <div class="actions">
          <Button onClick={() => dialog.current?.close()}>Cancel</Button>
          <Button look={isDangerous ? 'danger' : 'main'} type="submit" busy={act.isBusy}>
            {yes}
          </Button>
        </div>
      </form>
    </dialog>
  );
}
