import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { inbrief, sessionChanged } from '../sdk.ts';
import { go } from '../router.ts';
import { Button } from './ui.tsx';

const places = [
  ['home', 'Home'],
  ['summaries', 'Summaries'],
  ['credits', 'Credits'],
  ['account', 'Account'],
] as const;
/** Screens that are reached from another one's. */
const parents: Record<string, string> = { webhooks: 'account' };

async function signOut(): Promise<void> {
  await inbrief.auth.logout().catch(() => undefined);
  sessionChanged();
  go('/');
}

export function Shell({ current, children }: { current: string; children: ComponentChildren }) {
  const main = useRef<HTMLElement>(null);
  const toMain = (event: Event) => {
    event.preventDefault();
    main.current?.focus();
  };
  return (
    <>
      <a class="skip" href="#main" onClick={toMain}>
        Skip to the content
      </a>
      <header class="top">
        <a class="brand" href="#/home">
          <img src="/console/icon.svg" alt="" width="26" height="26" />
          Inbrief
        </a>
        <nav aria-label="Main">
          {places.map(([key, name]) => (
            <a
              key={key}
              href={`#/${key}`}
              aria-current={(parents[current] ?? current) === key ? 'page' : undefined}
            >
              {name}
            </a>
          ))}
        </nav>
        <Button look="quiet" onClick={() => void signOut()}>
          Sign out
        </Button>
      </header>
      <main ref={main} tabIndex={-1}>
        {children}
      </main>
    </>
  );
}

/** Whether a screen was shown before: the first one of a page leaves the focus at its beginning, before the skip link. */
let hasShown = false;

/** The heading of a screen. It takes the focus when the screen is come to, so that a screen reader says where one is. */
export function Title({
  children,
  text,
  isFirst,
}: {
  children?: ComponentChildren;
  text: string;
  isFirst?: boolean;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${text} · Inbrief`;
    if (!isFirst && hasShown) heading.current?.focus();
    hasShown = true;
  }, [text, isFirst]);
  return (
    <div class="title">
      <h1 ref={heading} tabIndex={-1}>
        {text}
      </h1>
      {children}
    </div>
  );
}
