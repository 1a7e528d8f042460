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

/** The plain text of an alternative whose richer form is still to be looked at. */
interface Fallback {
  plain: MailPart;
  piecesBefore: number;
}

type Task = { visit: MailPart; fallback?: Fallback } | { settle: Fallback };

/** Walks the tree in reading order with a list of tasks, so that depth costs no call stack. */
class BodySelector {
  readonly body: SelectedBody = {
    pieces: [],
    attachments: [],
    encryption: null,
    isSigned: false,
    calendar: [],
    report: [],
  };
  private readonly tasks: Task[] = [];
  private attachedMails = 0;

  select(root: MailPart): SelectedBody {
    this.tasks.push({ visit: root });
    for (let task = this.tasks.pop(); task; task = this.tasks.pop()) {
      if ('settle' in task) this.settle(task.settle);
      else this.visit(task.visit, task.fallback);
    }
    return this.body;
  }

  private visit(part: MailPart, fallback: Fallback | undefined): void {
    const encryption = encryptionOf(part);
    if (encryption) this.body.encryption ??= encryption;
    else if (isMultipart(part) && part.parts.length > 0) this.visitMultipart(part, fallback);
    else if (part.mimeType === 'message/rfc822' || part.mimeType === 'message/global') this.visitMail(part);
    else this.visitLeaf(part, fallback);
  }

  private visitMultipart(part: MailPart, fallback: Fallback | undefined): void {
    if (part.mimeType === 'multipart/alternative') this.visitAlternative(part);
    else if (part.mimeType === 'multipart/report') this.visitReport(part);
    else {
      if (part.mimeType === 'multipart/signed') this.body.isSigned = true;
      this.later(part.parts, fallback);
    }
  }

  /** Children are visited in order, before anything that waits already. */
  private later(parts: readonly MailPart[], fallback?: Fallback): void {
    for (let at = parts.length - 1; at >= 0; at--) {
      const visit = parts[at];
      if (visit) this.tasks.push({ visit, fallback });
    }
  }

  /** The last alternative is the richest; HTML is read before plain text, which steps in where HTML says nothing. */
  private visitAlternative(part: MailPart): void {
    const plain = part.parts.find((child) => child.mimeType === 'text/plain' && !child.isAttachment);
    const rich = part.parts.findLast((child) => child.mimeType === 'text/html' || isMultipart(child));
    const others = part.parts.filter(
      (child) => child !== rich && child !== plain && !/^text\/(?:plain|html|enriched)$/.test(child.mimeType),
    );
    if (rich && plain) {
      const fallback = { plain, piecesBefore: this.body.pieces.length };
      this.later(others);
      this.tasks.push({ settle: fallback }, { visit: rich, fallback });
    } else this.later([...(rich ? [rich] : plain ? [plain] : part.parts.slice(-1)), ...others]);
  }

  /** The rich alternative has been looked at and had no text. */
  private settle({ plain, piecesBefore }: Fallback): void {
    if (this.body.pieces.length === piecesBefore) this.body.pieces.push({ kind: 'plain', part: plain });
  }

  /** Of a bounce its explanation is read, never the returned mail. */
  private visitReport(part: MailPart): void {
    const explanations: MailPart[] = [];
    for (const child of part.parts) {
      if (child.mimeType === 'message/delivery-status' || child.mimeType === 'message/global-delivery-status')
        this.body.report.push(describeDelivery(textOf(child)));
      else if (child.mimeType === 'message/disposition-notification')
        this.body.report.push(describeReceipt(textOf(child)));
      else if (child.mimeType === 'message/feedback-report')
        this.body.report.push(describeFeedback(textOf(child)));
      else if (child.mimeType === 'text/rfc822-headers' || child.mimeType.startsWith('message/')) continue;
      else explanations.push(child);
    }
    this.later(explanations);
  }

  private visitMail(part: MailPart): void {
    if (++this.attachedMails > MAX_ATTACHED_MAILS) return;
    const mail = part.parts[0] ?? parseMime(part.bytes());
    this.body.pieces.push({ kind: 'attached-mail', part: mail });
    this.later([mail]);
  }

  private visitLeaf(part: MailPart, fallback: Fallback | undefined): void {
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
    else if (part.mimeType === 'text/html')
      this.body.pieces.push({ kind: 'html', part, fallback: fallback?.plain });
    else this.body.pieces.push({ kind: 'plain', part });
  }
}

/** A report's fields may themselves be parsed as a part's headers, where a blank line is missing. */
const textOf = (part: MailPart): string => part.text() || (part.parts[0]?.text() ?? '');

/** Walks a MIME tree and says what of it is to be read, in order. */
export const selectBody = (root: MailPart): SelectedBody => new BodySelector().select(root);
