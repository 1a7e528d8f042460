const control = /(?![\n\t])\p{Control}/gu;
const invisible = /\p{Default_Ignorable_Code_Point}|\p{Format}/gu;
const tag = /<\/?[a-z][a-z0-9-]{0,30}(?:\s[^<>]{0,500})?\/?>|<![^<>]{0,500}>/gi;
const address = /\b(?:[a-z][a-z0-9+.-]{1,20}:\/\/|www\.)[^\s<>"'`)\]}]+/gi;
const trailing = /[.,;:!?]+$/;

/**
 * A model's words made safe to show: no control, bidirectional or invisible characters, no markup, no web address that the
 * mail did not have, at most `limit` characters.
 */
export function plainText(text: string, allowedLinks: ReadonlySet<string>, limit: number): string {
  const visible = text.replace(/\r\n?/g, '\n').replace(control, ' ').replace(invisible, '').replace(tag, ' ');
  const linked = visible.replace(address, (found) => {
    const link = found.replace(trailing, '');
    return isAllowed(link, allowedLinks) ? found : `[link removed]${found.slice(link.length)}`;
  });
  const tidy = linked
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
  return tidy.length <= limit ? tidy : `${cutAtCharacter(tidy, limit - 1).trimEnd()}…`;
}

function isAllowed(link: string, allowed: ReadonlySet<string>): boolean {
  return allowed.has(link) || allowed.has(`https://${link}`) || allowed.has(`http://${link}`);
}

/** Never splits a surrogate pair. */
function cutAtCharacter(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}
