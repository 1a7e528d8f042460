import { describeDelivery, describeFeedback, describeReceipt } from '../special/bounce';
import { describeCalendar } from '../special/calendar';
import { type Encryption, encryptionOf } from '../special/encryption';
import { isMultipart, type MailPart } from './mail-part';
import { parseMime } from './parse-mime';

/** A piece of a mail's body in reading order. An alternative carries its plain text as `fallback`. */
export type BodyPiece =
  | { kind: 'html'; part: MailPart; fallback?: MailPart }
  | { kind: 'plain'; part: MailPart }
  /** A mail that was attached as a whole: its head, with its body in the pieces that follow. */
  | { kind: 'attached-mail'; part: MailPart };

/** What a mail consists of. */
export interface SelectedBody {
  pieces: BodyPiece[];
  attachments: MailPart[];
  encryption: Encryption | null;
  isSigned: boolean;
  /** Lines that tell what an invitation, a bounce or a receipt is. */
  calendar: string[];
  report: string[];
}

const MAX_ATTACHED_MAILS = 10;
const MAX_DEPTH = 2_000;

class BodySelector {
  readonly body: SelectedBody = {
    pieces: [],
    attachments: [],
    encryption: null,
    isSigned: false,
    calendar: [],
    report: [],
  };
  private attachedMails = 0;

  visit(part: MailPart, depth: number): void {
    if (depth > MAX_DEPTH) return;
    const encryption = encryptionOf(part);
    if (encryption) this.body.encryption ??= encryption;
    else if (isMultipart(part) && part.parts.length > 0) this.visitMultipart(part, depth);
    else if (part.mimeType === 'message/rfc822' || part.mimeType === 'message/global')
      this.visitMail(part, depth);
    else this.visitLeaf(part);
  }

  private visitMultipart(part: MailPart, depth: number): void {
    switch (part.mimeType) {
      case 'multipart/alternative':
        this.visitAlternative(part, depth);
        break;
      case 'multipart/signed':
        this.body.isSigned = true;
        this.visitAll(part.parts, depth);
        break;
      case 'multipart/report':
        this.visitReport(part, depth);
        break;
      default:
        this.visitAll(part.parts, depth);
    }
  }

  private visitAll(parts: readonly MailPart[], depth: number): void {
    for (const child of parts) this.visit(child, depth + 1);
  }

  /** The last alternative is the richest; HTML is read before plain text, which steps in where HTML says nothing. */
  private visitAlternative(part: MailPart, depth: number): void {
    const plain = part.parts.find((child) => child.mimeType === 'text/plain' && !child.isAttachment);
    const rich = part.parts.findLast((child) => child.mimeType === 'text/html' || isMultipart(child));
    for (const child of part.parts) {
      if (child.mimeType === 'text/plain' && child === plain && rich) continue;
      if (child.mimeType === 'text/html' && child === rich)
        this.body.pieces.push({ kind: 'html', part: child, fallback: plain });
      else if (child === rich) this.visitRich(child, plain, depth);
      else if (child.mimeType === 'text/calendar' || !child.mimeType.startsWith('text/'))
        this.visit(child, depth + 1);
      else if (!rich) this.visit(child, depth + 1);
    }
  }

  /** A `multipart/related` or `mixed` as the rich alternative: its HTML gets the plain text as fallback. */
  private visitRich(part: MailPart, plain: MailPart | undefined, depth: number): void {
    const before = this.body.pieces.length;
    this.visit(part, depth + 1);
    const piece = this.body.pieces[before];
    if (!piece && plain) this.body.pieces.push({ kind: 'plain', part: plain });
    else if (piece?.kind === 'html') piece.fallback ??= plain;
  }

  /** Of a bounce its explanation is read, never the returned mail. */
  private visitReport(part: MailPart, depth: number): void {
    for (const child of part.parts) {
      if (child.mimeType === 'message/delivery-status' || child.mimeType === 'message/global-delivery-status')
        this.body.report.push(describeDelivery(textOf(child)));
      else if (child.mimeType === 'message/disposition-notification')
        this.body.report.push(describeReceipt(textOf(child)));
      else if (child.mimeType === 'message/feedback-report')
        this.body.report.push(describeFeedback(textOf(child)));
      else if (child.mimeType === 'text/rfc822-headers' || child.mimeType.startsWith('message/')) continue;
      else this.visit(child, depth + 1);
    }
  }

  private visitMail(part: MailPart, depth: number): void {
    if (++this.attachedMails > MAX_ATTACHED_MAILS) return;
    const mail = part.parts[0] ?? parseMime(part.bytes());
    this.body.pieces.push({ kind: 'attached-mail', part: mail });
    this.visit(mail, depth + 1);
  }

  private visitLeaf(part: MailPart): void {
    const isText =
      part.mimeType === 'text/plain' || part.mimeType === 'text/html' || part.mimeType === 'text/enriched';
    if (
      part.mimeType === 'text/calendar' ||
      part.mimeType === 'application/ics' ||
      /\.ics$/i.test(part.filename)
    ) {
      const line = describeCalendar(part.text());
      if (line !== '' && !this.body.calendar.includes(line)) this.body.calendar.push(line);
      if (part.filename !== '') this.body.attachments.push(part);
    } else if (/^application\/(?:x-)?pkcs7-signature$|^application\/pgp-signature$/.test(part.mimeType))
      this.body.isSigned = true;
    else if (isMultipart(part)) this.body.pieces.push({ kind: 'plain', part });
    else if (!isText || part.isAttachment || (part.filename !== '' && this.body.pieces.length > 0))
      this.body.attachments.push(part);
    else this.body.pieces.push({ kind: part.mimeType === 'text/html' ? 'html' : 'plain', part });
  }
}

/** A report's fields may themselves be parsed as a part's headers, where a blank line is missing. */
const textOf = (part: MailPart): string => part.text() || (part.parts[0]?.text() ?? '');

/** Walks a MIME tree and says what of it is to be read, in order. */
export function selectBody(root: MailPart): SelectedBody {
  const selector = new BodySelector();
  selector.visit(root, 0);
  return selector.body;
}
