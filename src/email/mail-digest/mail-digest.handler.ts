import { Command, CommandBus, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { MailUser } from '../../auth/contracts';
import { EnvDto } from '../../kernel/config/env.dto';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { CursorCodec } from '../../kernel/http/cursor';
import { GetDigest } from '../get-digest/get-digest.handler';
import { RetentionRepository } from '../retention.repository';
import { digestLetter } from './digest-letter';
import { unsubscribeLink } from './unsubscribe-link';

/**
 * Mails a user's digest of a day, at most once: that the mail server is called is committed before it is. Only a server that surely has
 * not taken the mail is called again. A day without mails is not written about.
 */
export class MailDigest extends Command<void> {
  constructor(
    readonly userId: string,
    readonly day: string,
  ) {
    super();
  }
}

@CommandHandler(MailDigest)
export class MailDigestHandler implements ICommandHandler<MailDigest> {
  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
    private readonly repository: RetentionRepository,
    private readonly cursors: CursorCodec,
  ) {}

  async execute({ userId, day }: MailDigest): Promise<void> {
    const timeZone = await this.uow.asService('hand a digest over', () =>
      this.repository.handOver(userId, day),
    );
    if (timeZone === undefined) return;
    try {
      const digest = await this.queries.execute(new GetDigest(userId, day, timeZone));
      if (digest.mails === 0) return;
      const link = unsubscribeLink(this.env.PUBLIC_URL, this.cursors, userId);
      await this.commands.execute(new MailUser(userId, digestLetter(userId, digest, link)));
    } catch (error) {
      if (error instanceof DomainError && error.code === 'auth.mail-outcome-unknown') return;
      await this.uow.asService('take a digest back', () => this.repository.takeBack(userId, day));
      throw error;
    }
  }
}
