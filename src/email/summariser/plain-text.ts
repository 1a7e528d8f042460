import { withoutPromptEcho } from './prompt-echo';
import { type Source, suspicious, withoutTrailing } from './source';

const control = /(?![\n\t])\p{Control}/gu;
const invisible = /\p{Default_Ignorable_Code_Point}|\p{Format}/gu;
const tag = /<\/?[a-z][a-z0-9-]{0,30}(?:\s[^<>]{0,500})?\/?>|<![^<>]{0,500}>/gi;
/**
 * A model's words made safe to show: no control, bidirectional or invisible characters, no markup, no web address and no
 * code of 40 characters that the mail did not have, no passage of our prompt, at most `limit` characters.
 */
export function plainText(text: string, source: Source, limit: number): string {
  const visible = text.replace(/\r\n?/g, '\n').replace(control, ' ').replace(invisible, '').replace(tag, ' ');
  const known = visible.replace(suspicious, (found) => {
    const link = withoutTrailing(found);
    return source.has(link) ? found : `[link removed]${found.slice(link.length)}`;
  });
  const tidy = withoutPromptEcho(known)
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
  return tidy.length <= limit ? tidy : `${cutAtCharacter(tidy, limit - 1).trimEnd()}…`;
}

/** Never splits a surrogate pair. */
function cutAtCharacter(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}
