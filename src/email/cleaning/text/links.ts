const TRACKING_PARAMETER =
  /^(?:utm_.*|mc_[ce]id|fbclid|gclid|gbraid|wbraid|dclid|msclkid|yclid|twclid|ttclid|igshid?|mkt_tok|_hs(?:enc|mi)|__hs.*|hsctatracking|vero_.*|oly_(?:anon|enc)_id|_openstat|wickedid|s_cid|icid|cmpid|ml_subscriber.*|_ke|_kx|trk(?:email|info)?|elq.*|_bta_.*|spm|ref_src|at_(?:campaign|medium|recipient.*)|pk_.*|mtm_.*|matomo_.*|rb_clickid|ck_subscriber_id|sc_(?:campaign|channel|uid)|ss_(?:email|source|campaign).*)$/i;
const MAX_SHOWN = 140;
const MAX_KEPT = 2_048;
const MAX_LINKS = 200;
const TRAILING = new Set('.,;:!?)]}*_');
const URL_IN_TEXT = /https?:\/\/[^\s<>"'\u3000-\u303f\uff08\uff09]{3,4000}/giu;

/** A web address without its tracking parameters; '' for everything that is no http(s) address. */
export function cleanUrl(href: string): string {
  const source = href.trim();
  if (!/^https?:\/\//i.test(source) || source.length > 16_384) return '';
  const hashAt = source.indexOf('#');
  const base = hashAt < 0 ? source : source.slice(0, hashAt);
  const queryAt = base.indexOf('?');
  if (queryAt < 0) return source.slice(0, MAX_KEPT);
  const kept = base
    .slice(queryAt + 1)
    .split('&')
    .filter((pair) => pair !== '' && !TRACKING_PARAMETER.test(pair.replace(/=.*$/s, '')));
  const hash = hashAt < 0 ? '' : source.slice(hashAt);
  return (base.slice(0, queryAt) + (kept.length > 0 ? `?${kept.join('&')}` : '') + hash).slice(0, MAX_KEPT);
}

/** The address as a reader needs it: without a query or the tail of its path where it would be a wall of characters. */
export function shownUrl(href: string): string {
  const url = cleanUrl(href);
  if (url.length <= MAX_SHOWN) return url;
  const bare = url.replace(/[?#].*$/s, '');
  if (bare.length <= MAX_SHOWN) return bare;
  const end = bare.indexOf('/', 8);
  return end < 0 ? bare.slice(0, MAX_SHOWN) : `${bare.slice(0, end)}/…`.slice(0, MAX_SHOWN);
}

/** Distinct web addresses in order of appearance. */
export class LinkList {
  private readonly seen = new Set<string>();

  add(href: string): void {
    const url = cleanUrl(href);
    if (url !== '' && this.seen.size < MAX_LINKS) this.seen.add(url);
  }

  get all(): string[] {
    return [...this.seen];
  }
}

/** Shortens every address written out in a text, and notes it in `links`. */
export function tidyUrls(text: string, links: LinkList): string {
  return text.replace(URL_IN_TEXT, (match) => {
    let end = match.length;
    while (end > 0 && TRAILING.has(match.charAt(end - 1))) end--;
    const url = match.slice(0, end);
    links.add(url);
    return shownUrl(url) + match.slice(url.length);
  });
}
