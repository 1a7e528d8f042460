import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { Listed } from '../hooks.ts';
import { InbriefProblem, wordsFor } from '../sdk.ts';

type ButtonProps = JSX.IntrinsicElements['button'] & {
  look?: 'main' | 'plain' | 'quiet' | 'danger';
  busy?: boolean;
};

export function Button({ look = 'plain', busy = false, children, ...rest }: ButtonProps) {
  return (
    <button type="button" class={`button ${look}`} aria-busy={busy} aria-disabled={busy} {...rest}>
      {children}
    </button>
  );
}

interface FieldProps {
  label: string;
  name: string;
  type?: 'text' | 'email' | 'password' | 'url';
  hint?: string;
  fault?: string | undefined;
  autocomplete?: string;
  required?: boolean;
  autoFocus?: boolean;
  minLength?: number;
  maxLength?: number;
}

export function Field({ label, hint, fault, type = 'text', ...rest }: FieldProps) {
  const id = useId();
  const says = fault ?? hint;
  // Preact's types know no union of input types.
  const kind = type as 'text';
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type={kind}
        aria-invalid={fault !== undefined}
        aria-describedby={says ? `${id}-says` : undefined}
        {...rest}
      />
      {says && (
        <p id={`${id}-says`} class={fault ? 'fault' : 'hint'}>
          {says}
        </p>
      )}
    </div>
  );
}

interface SelectProps {
  label: string;
  value: string;
  options: [value: string, text: string][];
  onPick: (value: string) => void;
}

export function Select({ label, value, options, onPick }: SelectProps) {
  return (
    <select aria-label={label} value={value} onChange={(event) => onPick(event.currentTarget.value)}>
      {options.map(([key, text]) => (
        <option key={key} value={key}>
          {text}
        </option>
      ))}
    </select>
  );
}

export function Notice({
  tone = 'info',
  children,
}: {
  tone?: 'info' | 'good' | 'bad';
  children: ComponentChildren;
}) {
  return (
    <div class={`notice ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      {children}
    </div>
  );
}

/** What went wrong, a way to try again, and the id by which the operator finds it. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  if (error === undefined) return null;
  const requestId = InbriefProblem.is(error) ? error.requestId : '';
  return (
    <Notice tone="bad">
      <p>{wordsFor(error)}</p>
      {requestId && <p class="small">Request {requestId}</p>}
      {onRetry && <Button onClick={onRetry}>Try again</Button>}
    </Notice>
  );
}

export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children}
    </div>
  );
}

/** The way to the next page of a list; the focus stays in the list when there is none. */
export function More({ of: { hasMore, more } }: { of: Pick<Listed<unknown>, 'hasMore' | 'more'> }) {
  const next = async (event: Event) => {
    const card = (event.currentTarget as HTMLElement).closest<HTMLElement>('.card');
    await more.run();
    if (!card?.contains(document.activeElement)) card?.focus();
  };
  return (
    <>
      <Failure error={more.error} />
      {hasMore && (
        <Button busy={more.isBusy} onClick={(event) => void next(event)}>
          Show more
        </Button>
      )}
    </>
  );
}

export function Loading({ lines = 3 }: { lines?: number }) {
  return (
    <div class="loading" role="status">
      <span class="unseen">Loading …</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} class="bone" />
      ))}
    </div>
  );
}

export function Card({
  title,
  aside,
  children,
}: {
  title: string;
  aside?: ComponentChildren;
  children: ComponentChildren;
}) {
  const id = useId();
  return (
    <section class="card" aria-labelledby={id} tabIndex={-1}>
      <header class="card-head">
        <h2 id={id} tabIndex={-1}>
          {title}
        </h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
