import { withoutPromptEcho } from './prompt-echo';

const control = /(?![\n\t])\p{Control}/gu;
const invisible = /\p{Default_Ignorable_Code_Point}|\p{Format}/gu;
const tag = /<\/?[a-z][a-z0-9-]{0,30}(?:\s[^<>]{0,500})?\/?>|<![^<>]{0,500}>/gi;
const address = /\b(?:[a-z][a-z0-9+.-]{1,20}:\/\/|www\.)[^\s<>"'`)\]}]+/gi;
const bareAddress = /\b(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}\/[^\s<>"'`)\]}]*/gi;
const otherScheme = /\b(?:mailto|javascript|data|vbscript):[^\s<>"'`)\]}]+/gi;
const code = /[\w+/=-]{40,}/gi;
const suspicious = new RegExp(
  [address, bareAddress, otherScheme, code].map(({ source }) => source).join('|'),
  'gi',
);
const trailing = /[.,;:!?]+$/;

/** What an answer may repeat: web addresses of the mail, and the words of it that a reader sees. */
interface Source {
  links: ReadonlySet<string>;
  text: string;
}

/**
 * A model's words made safe to show: no control, bidirectional or invisible characters, no markup, no web address and no
 * code of 40 characters that the mail did not have, no passage of our prompt, at most `limit` characters.
 */
export function plainText(text: string, source: Source, limit: number): string {
  const visible = text.replace(/\r\n?/g, '\n').replace(control, ' ').replace(invisible, '').replace(tag, ' ');
  const known = visible.replace(suspicious, (found) => {
    const link = found.replace(trailing, '');
    return isKnown(link, source) ? found : `[link removed]${found.slice(link.length)}`;
  });
  const tidy = withoutPromptEcho(known)
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
  return tidy.length <= limit ? tidy : `${cutAtCharacter(tidy, limit - 1).trimEnd()}…`;
}

function isKnown(found: string, { links, text }: Source): boolean {
  if (links.has(found) || links.has(`https://${found}`) || links.has(`http://${found}`)) return true;
  return !/^(?:[a-z][a-z0-9+.-]{1,20}:\/\/|www\.)/i.test(found) && text.includes(found);
}

/** Never splits a surrogate pair. */
function cutAtCharacter(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}
