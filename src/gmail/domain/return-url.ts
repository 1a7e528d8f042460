/**
 * Whether a browser may be sent to `target` after the consent: same origin as an allowed URL, and at or below its path.
 * Compared as parsed URLs, so that `https://app.example.evil.com` and `https://app.example@evil.com` do not pass for
 * `https://app.example`.
 */
export function isAllowedReturn(target: string, allowed: readonly string[]): boolean {
  const url = parse(target);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return false;
  return allowed.some((prefix) => {
    const base = parse(prefix);
    if (base?.origin !== url.origin) return false;
    const root = base.pathname.replace(/\/+$/, '');
    return url.pathname === root || url.pathname.startsWith(`${root}/`);
  });
}

/** The return URL with what came of the consent in its query. */
export function withOutcome(returnTo: string, outcome: Record<string, string>): string {
  const url = new URL(returnTo);
  for (const [name, value] of Object.entries(outcome)) url.searchParams.set(name, value);
  return url.toString();
}

function parse(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
