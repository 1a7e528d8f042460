import { extname, join } from 'node:path';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { DomainError } from '../../kernel/errors/domain-error';
import { WorkThread } from '../../kernel/worker/work-thread';
import { type CleanMail, cleanGmailMail, type GmailPayload } from '../cleaning';

/** Characters of base64url, 48 KiB of text: what is shorter takes less than some 10 ms of a core, whatever it is. */
const largeFrom = 65_536;

const options = {
  /** Stands beside this file, or beside the one that this file was bundled into. */
  program: join(__dirname, `clean-mail.thread${extname(__filename)}`),
  /** The largest bodies take about one second. */
  limitMs: 30_000,
  idleMs: 5_000,
  memory: { maxOldGenerationSizeMb: 256 },
};

/** Cleans mails without holding up whatever else its process does: large ones in a thread, all others at once. */
@Injectable()
export class MailCleaner implements OnModuleDestroy {
  private readonly thread = new WorkThread<GmailPayload, CleanMail>(options);

  /**
   * What `cleanGmailMail` makes of it, wherever it is made.
   * @throws DomainError `email.cleaning-failed` (internal) where the thread died over it or took longer than 30 seconds.
   */
  async clean(payload: GmailPayload): Promise<CleanMail> {
    if (!isLarge(payload)) return cleanGmailMail(payload);
    return this.thread.run(payload).catch((cause: unknown) => {
      throw new DomainError('internal', 'email.cleaning-failed', 'The mail could not be cleaned', { cause });
    });
  }

  /** Does not wait for a mail that is being cleaned. */
  async onModuleDestroy(): Promise<void> {
    await this.thread.close();
  }
}

/** By its text alone: what is attached comes without its content. */
function isLarge(payload: GmailPayload): boolean {
  let length = 0;
  const parts = [payload];
  for (let part = parts.pop(); part && length < largeFrom; part = parts.pop()) {
    length += part.body?.data?.length ?? 0;
    parts.push(...(part.parts ?? []));
  }
  return length >= largeFrom;
}
