const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const invisible = /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]|[\u{e0000}-\u{e0fff}]/gu;
const tag = /<\/?[a-z!][^<>]{0,500}>/gi;
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
  const tidy = linked.replace(/[ \t]+/g, ' ').replace(/ ?\n ?/g, '\n').trim();
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
