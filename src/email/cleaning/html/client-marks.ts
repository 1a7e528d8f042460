/** What a mail program's own markup says about an element. */
export interface ClientMark {
  /** Its content is the quoted history. */
  isHistory?: boolean;
  /** Of a blockquote: whom its markup names as its author. */
  quote?: 'cited' | 'typed' | 'unmarked';
  mark?: 'attribution' | 'history-start' | 'forward-start' | 'signature';
}

/** Ids and class names, without the prefixes that Outlook (`x_`) and Gmail (`m_123…`) put before foreign ones. */
const HISTORY = new Set([
  'gmail_quote',
  'gmail_quote_container',
  'yahoo_quoted',
  'protonmail_quote',
  'tutanota_quote',
  'zmail_extra',
  'nylas-quote',
  'sh-quoted-content',
  'mail-editor-reference-message-container',
  'appleoriginalcontents',
  'olk_src_body_section',
  'isreplycontent',
  'front-blockquote',
  'missive_quote',
  'mailspring-quote',
  'messagereplysection',
  '__quoted_text__',
  'mail-quote-collapse',
  'quoted-mail',
  'freebirdformviewquote',
]);
const HISTORY_START = new Set([
  'divrplyfwdmsg',
  'appendonsend',
  'stopspelling',
  'zwchr',
  '__divider__',
  'outlookmessageheader',
  'replysplit',
  'ms-outlook-mobile-body-separator-line',
]);
const ATTRIBUTION = new Set(['gmail_attr', 'moz-cite-prefix', 'reply-intro', 'airmail_ext_on', 'airmail_on']);
const FORWARD = new Set(['moz-forward-container', 'isforwardcontent']);
const SIGNATURE = new Set([
  'gmail_signature',
  'gmail_signature_prefix',
  'moz-signature',
  'protonmail_signature_block',
  'applemailsignature',
  'applemailsignatureseparator',
  'signature',
  'ms-outlook-mobile-signature',
  'messagesignaturesection',
  'bloop_sign',
  'composer_signature',
  'tutanota_signature',
  'yahoo_signature',
  'zmail_signature',
]);
/** Outlook for the desktop draws this line above the older mail, in every language. */
const OUTLOOK_RULE =
  /border:none;border-top:solid#?(?:b5c4df|e1e1e1|[0-9a-f]{6}|windowtext)1\.0pt;padding:3\.0pt0/;
function bare(name: string): string {
  const plain = name.replace(/^(?:x_|m_-?\d{1,30})+/i, '').toLowerCase();
  if (/^ydp\w{1,20}/.test(plain)) return /(yahoo_quoted|signature)$/.exec(plain)?.[1] ?? plain;
  if (plain.startsWith('yahoo_quoted_')) return 'yahoo_quoted';
  if (plain.startsWith('bloop_sign')) return 'bloop_sign';
  if (plain.startsWith('zm-_id_-sgn')) return 'zmail_signature';
  return plain;
}

/** What the mail programs' markup tells about an element; null for nothing. */
export function clientMark(name: string, attributes: Readonly<Record<string, string>>): ClientMark | null {
  const words = `${attributes.id ?? ''} ${attributes.class ?? ''} ${attributes.name ?? ''} ${attributes['data-marker'] ?? ''} ${attributes['data-smartmail'] ?? ''}`;
  const names = words.length > 4 ? words.split(/\s+/).filter(Boolean).slice(0, 20).map(bare) : [];
  const style = (attributes.style ?? '').slice(0, 500).replace(/\s+/g, '').toLowerCase();
  if (name === 'blockquote') {
    const isDeclared = names.some((one) => one === 'cite' || (one !== 'gmail_quote' && HISTORY.has(one)));
    if (attributes.type === 'cite' || attributes.cite !== undefined || isDeclared) return { quote: 'cited' };
    // Gmail frames a quoted mail; its class on the blockquote alone is the quote button of its editor.
    return { quote: names.includes('gmail_quote') ? 'typed' : 'unmarked' };
  }
  if (name === 'includetail') return { isHistory: true };
  if (names.some((one) => FORWARD.has(one))) return { mark: 'forward-start' };
  if (names.some((one) => HISTORY_START.has(one))) return { mark: 'history-start' };
  if (names.some((one) => ATTRIBUTION.has(one))) return { mark: 'attribution' };
  if (names.some((one) => HISTORY.has(one))) return { isHistory: true };
  if (names.some((one) => SIGNATURE.has(one))) return { mark: 'signature' };
  return OUTLOOK_RULE.test(style) ? { mark: 'history-start' } : null;
}
