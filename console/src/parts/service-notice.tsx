import { useEffect, useState } from 'preact/hooks';
import { inbrief, type ServiceNotice } from '../sdk.ts';
import { Notice } from './ui.tsx';

/** Milliseconds between two looks; the answer asks no database. */
const everyMs = 30_000;

/** What the service has to say to everybody, above whatever is shown. A look that fails says nothing: others tell of that. */
export function ServiceNoticeBar() {
  const [notice, setNotice] = useState<ServiceNotice | null>(null);
  useEffect(() => {
    const left = new AbortController();
    const look = () => {
      if (document.visibilityState === 'hidden') return;
      inbrief.status.get({ signal: left.signal }).then(
        (status) => setNotice(status.notice),
        () => undefined,
      );
    };
    look();
    const timer = setInterval(look, everyMs);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
      left.abort();
    };
  }, []);
  return (
    <aside class="service-notice" aria-label="Notice" hidden={notice === null}>
      {notice && (
        <Notice tone={notice.level === 'outage' ? 'bad' : 'info'}>
          <p>{notice.text}</p>
        </Notice>
      )}
    </aside>
  );
}
