import { useEffect, useState } from 'preact/hooks';

/**
 * Where the page is, kept in the fragment: the server serves one file, a reload stays in place, and what mails and other sites
 * put into the query (`?checkout=success`, `?gmail=connected`) is read once and taken out of the address.
 */
export interface Place {
  /** `/summaries/0192…` as `['summaries', '0192…']`. */
  path: string[];
  query: URLSearchParams;
}

/** What a redirect back to the console brought along. */
export const arrival = takeArrival();

function takeArrival(): URLSearchParams {
  const query = new URLSearchParams(location.search);
  if (location.search) history.replaceState(null, '', location.pathname + location.hash);
  return query;
}

export function here(): Place {
  const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  return { path: path.split('/').filter(Boolean).map(decodeURIComponent), query: new URLSearchParams(query) };
}

export function go(to: string): void {
  location.hash = to;
}

/** The same place under another query, without a step in the history. */
export function refine(query: URLSearchParams): void {
  const [path = ''] = location.hash.split('?');
  const text = query.toString();
  history.replaceState(null, '', path + (text && `?${text}`));
  dispatchEvent(new HashChangeEvent('hashchange'));
}

export function usePlace(): Place {
  const [place, setPlace] = useState(here);
  useEffect(() => {
    const update = () => setPlace(here());
    addEventListener('hashchange', update);
    return () => removeEventListener('hashchange', update);
  }, []);
  return place;
}
