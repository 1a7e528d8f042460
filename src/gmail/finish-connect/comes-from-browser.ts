import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a browser sent this, opened by a person or led on by a page: browsers say where a request began, and those too old
 * for that ask for HTML when a person opens an address. Programs that follow Google's redirect do neither.
 */
export function comesFromBrowser({ 'sec-fetch-site': site, accept }: IncomingHttpHeaders): boolean {
  return site !== undefined || (accept?.includes('text/html') ?? false);
}
