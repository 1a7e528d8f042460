import { addressParser } from 'postal-mime';
import { cutBoilerplate, isAutoReply, isBulk } from './bulk';
import { type CleaningNote, type CleanMail, type CleanMailKind, type MailAddress } from './clean-mail.types';
import { fromGmailPayload, type GmailPayload } from './mime/gmail-payload';
import { type MailHeaders } from './mime/mail-headers';
import { type MailPart } from './mime/mail-part';
import { parseMime } from './mime/parse-mime';
import { selectBody } from './mime/select-body';
import { cutHistory } from './quotes/cut-history';
import { readPieces } from './read-pieces';
import { cutSignature } from './signature/cut-signature';
import { encryptedLine } from './special/encryption';
import { withoutEncodedRuns } from './text/characters';
import { cutReturnedMail, isFromMailServer } from './special/returned-mail';
import { isBlank, joinLines, type Line } from './text/line';
import { LinkList, tidyUrls } from './text/links';

const FORWARD_SUBJECT =
  /^\s*(?:\[[^\]]{0,60}\]\s*)?(?:fwd?|fw|wg|tr|trans|rv|enc|i|doorst|vb|vl|pd|tov|továbbítás|пересл|fs|ilt|πρθ|הועבר|转发|轉寄|转寄|転送|전달|chuyển tiếp|trs|inoltro|пер|inoltra|přep|İlt|إعادة توجيه)\s{0,2}[:：]/iu;
const REPLY_SUBJECT =
  /^\s*(?:\[[^\]]{0,60}\]\s*)?(?:re|aw|sv|antw|odp|vs|r|rif|res|ref|回复|回覆|答复|返信|답장|отв|на|ynt|σχετ|atb|vá|bls|trả lời)\s{0,2}(?:\[\d{1,3}\])?[:：]/iu;
/** Danish and Norwegian for "Fwd", Finnish for "Re": the older mail's head tells which. */
const NORDIC_SUBJECT = /^\s*vs\s{0,2}:/i;
const NORDIC_FROM = /^[\s*_>]*fra\s{0,2}:/i;
const MAX_TEXT = 400_000;
const MAX_ADDRESSES_LENGTH = 20_000;

/** Something that a reader could read: a letter, a digit, a pictograph, a smiley, or at least "?!". */
const hasWords = (text: string): boolean =>
  /[\p{L}\p{N}\p{Extended_Pictographic}?!]|[:;][-']?[)(DPp]/u.test(text);

const countTexts = (lines: readonly Line[]): number => lines.filter((line) => !isBlank(line)).length;

const saysSomething = (lines: readonly Line[]): boolean =>
  cutSignature(lines.filter((line) => line.depth === 0)).some((line) => hasWords(line.text));

/** Cleans raw RFC 822 bytes. Never throws, never blocks on hostile input, does no I/O. */
export function cleanRawMail(bytes: Uint8Array): CleanMail {
  return cleanTree(parseMime(bytes));
}

/** Cleans a Gmail API message of `format=full`, given its `payload`. Never throws, does no I/O. */
export function cleanGmailMail(payload: GmailPayload): CleanMail {
  return cleanTree(fromGmailPayload(payload));
}

function cleanTree(root: MailPart): CleanMail {
  const { headers } = root;
  const notes = new Set<CleaningNote>();
  const body = selectBody(root);
  const bulk = isBulk(headers);
  if (bulk) notes.add('bulk');
  if (isAutoReply(headers)) notes.add('auto-reply');
  if (body.isSigned) notes.add('signed');
  if (body.calendar.length > 0) notes.add('calendar-invite');
  if (body.report.length > 0) notes.add('bounce');

  const read = readPieces(body.pieces, { showsLinks: !bulk, keepsPreview: bulk });
  for (const note of read.notes) notes.add(note);
  const encryption = body.encryption ?? read.encryption;
  const links = new LinkList();
  const fromServer = isFromMailServer(headers);
  if (fromServer) notes.add('bounce');
  const lines = fromServer ? cutReturnedMail(read.lines) : read.lines;
  const { text: written, isForward } = cutText(lines, headers, bulk, notes, links);
  if (isForward || read.hasAttachedMail) notes.add('forward');

  const facts = [...body.calendar, ...body.report.filter(Boolean)];
  const text = [...facts, written].filter(Boolean).join('\n\n').slice(0, MAX_TEXT);
  const kind = kindOf(root, text, encryption !== null);
  return {
    kind,
    text: kind === 'text' ? text : kind === 'encrypted' ? encryptedLine(encryption ?? 'PGP') : '',
    subject: headers.text('subject'),
    ...correspondents(headers),
    date: dateOf(headers),
    messageId: angleless(headers.text('message-id')),
    inReplyTo: angleless(headers.text('in-reply-to')),
    listId: /<([^<>]{1,300})>/.exec(headers.text('list-id'))?.[1] ?? headers.text('list-id'),
    notes: [...notes],
    attachments: body.attachments.map(({ filename, mimeType, size }) => ({ filename, mimeType, size })),
    links: links.all,
  };
}

/** The stages over the lines: history, then signature, then a newsletter's service links; none may leave nothing. */
function cutText(
  lines: readonly Line[],
  headers: MailHeaders,
  bulk: boolean,
  notes: Set<CleaningNote>,
  links: LinkList,
): { text: string; isForward: boolean } {
  const subject = headers.text('subject');
  const context = {
    isForward:
      FORWARD_SUBJECT.test(subject) ||
      (NORDIC_SUBJECT.test(subject) && lines.some((line) => NORDIC_FROM.test(line.text.slice(0, 40)))),
    isReply: headers.has('in-reply-to') || headers.has('references') || REPLY_SUBJECT.test(subject),
    saysSomething,
  };
  const history =
    bulk && !context.isReply
      ? { lines: [...lines], wasCut: false, isForward: false }
      : cutHistory(lines, context);
  if (history.wasCut) notes.add('history-cut');
  let kept = history.lines;
  if (!history.isForward && !bulk) {
    const unsigned = cutSignature(kept);
    if (unsigned.some((line) => hasWords(line.text))) {
      if (countTexts(unsigned) < countTexts(kept)) notes.add('signature-cut');
      kept = unsigned;
    }
  }
  if (bulk) kept = cutBoilerplate(kept);
  for (const line of kept) for (const href of line.hrefs ?? []) links.add(href);
  return { text: withoutEncodedRuns(tidyUrls(joinLines(kept), links)), isForward: history.isForward };
}

function kindOf(root: MailPart, text: string, isEncrypted: boolean): CleanMailKind {
  if (isEncrypted && !hasWords(text)) return 'encrypted';
  if (root.headers.count === 0 && !looksLikeText(root)) return 'unparseable';
  return hasWords(text) ? 'text' : 'empty';
}

/** Without any header it may still be a bare text; bytes are none. */
function looksLikeText(root: MailPart): boolean {
  const sample = root.bytes().subarray(0, 4_096);
  let odd = 0;
  for (const byte of sample) if (byte < 9 || (byte > 13 && byte < 32)) odd++;
  return sample.length > 0 && odd / sample.length < 0.02;
}

function addresses(headers: MailHeaders, name: string): MailAddress[] {
  const value = headers.text(name).slice(0, MAX_ADDRESSES_LENGTH);
  if (value === '') return [];
  return addressParser(value, { flatten: true })
    .slice(0, 100)
    .map(({ name: display, address }) => ({ name: display, address: (address ?? '').toLowerCase() }));
}

const correspondents = (headers: MailHeaders): Pick<CleanMail, 'from' | 'to' | 'cc'> => ({
  from: addresses(headers, 'from')[0] ?? null,
  to: addresses(headers, 'to'),
  cc: addresses(headers, 'cc'),
});

function dateOf(headers: MailHeaders): Date | null {
  const time = Date.parse(headers.text('date').replace(/\s*\([^)]{0,40}\)\s*$/, ''));
  return Number.isNaN(time) ? null : new Date(time);
}

const angleless = (value: string): string => value.replace(/^<|>$/g, '');
