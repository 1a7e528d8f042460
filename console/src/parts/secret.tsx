import { useEffect, useRef, useState } from 'preact/hooks';
import { Button, Notice } from './ui.tsx';

/** Something that is shown this once, with a way to take it along. It takes the focus when it comes, so that nobody passes it by. */
export function Secret({ says, text, onKept }: { says: string; text: string; onKept: () => void }) {
  const [isCopied, setCopied] = useState(false);
  const secret = useRef<HTMLElement>(null);
  useEffect(() => secret.current?.focus(), [text]);
  return (
    <Notice tone="good">
      <p>{says}</p>
      <code class="secret" ref={secret} tabIndex={-1}>
        {text}
      </code>
      <div class="actions">
        <Button onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>
          {isCopied ? 'Copied' : 'Copy'}
        </Button>
        <Button look="quiet" onClick={onKept}>
          I have kept it
        </Button>
      </div>
    </Notice>
  );
}
