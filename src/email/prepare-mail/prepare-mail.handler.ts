import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AnthropicBatches } from '../anthropic/anthropic-batches.client';
import { EnvDto } from '../../kernel/config/env.dto';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { PrepareMail } from '../contracts';
import { EmailRepository } from '../email.repository';
import { MailReader } from '../mail-reader';
import { SpendCap } from '../spend-cap';
import { costMicros } from '../summariser/price-table';
import { promptVersion } from '../summariser/prompt';
import { fingerprintsOf } from '../summariser/source';
import { Summariser, wordsOf } from '../summariser/summariser';

/** Tokens that a summary takes as a rule, thinking included. */
const usualOutput = 700;
/** Fewest bytes of a prompt in one token. */
const bytesPerToken = 3;

@CommandHandler(PrepareMail)
export class PrepareMailHandler implements ICommandHandler<PrepareMail> {
  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly repository: EmailRepository,
    private readonly reader: MailReader,
    private readonly summariser: Summariser,
    private readonly batches: AnthropicBatches,
    private readonly cap: SpendCap,
  ) {}

  async execute({ userId, emailId, batchId, promised }: PrepareMail) {
    if (await this.isDrafted(emailId)) return { outcome: 'drafted' as const };
    await this.cap.ensureRoom(userId, promised);
    const read = await this.reader.read(userId, emailId);
    if ('skipped' in read) return { outcome: 'skipped' as const, reasonCode: read.skipped };
    const request = this.batches.requestOf(this.summariser.question(read.mail));
    const bytes = Buffer.byteLength(JSON.stringify(request));
    const known = fingerprintsOf(read.links, wordsOf(read.mail), batchId);
    const estimateMicros = this.estimate(bytes);
    const mail = { userId, emailId, request, bytes, estimateMicros, headers: read.headers, known };
    return { outcome: 'prepared' as const, mail };
  }

  private estimate(bytes: number): number {
    const usage = {
      input: Math.ceil(bytes / bytesPerToken),
      output: usualOutput,
      cacheRead: 0,
      cacheWrite: 0,
    };
    return costMicros(this.env.ANTHROPIC_MODEL, usage, 'overnight');
  }

  private isDrafted(emailId: string): Promise<boolean> {
    return this.uow.readAsService('look for a kept answer', () =>
      this.repository.hasDraft(emailId, promptVersion),
    );
  }
}
