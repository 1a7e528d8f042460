import { Logger } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { EnvDto } from '../../kernel/config/env.dto';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { RenewWatch } from '../contracts/commands';
import { GmailRepository } from '../gmail.repository';
import { GmailClient } from '../google/gmail-client';
import { Mailboxes } from '../mailboxes';
import { WatchesRepository } from '../watches.repository';

@CommandHandler(RenewWatch)
export class RenewWatchHandler implements ICommandHandler<RenewWatch> {
  private readonly logger = new Logger(RenewWatchHandler.name);

  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly connections: GmailRepository,
    private readonly watches: WatchesRepository,
    private readonly mailboxes: Mailboxes,
    private readonly client: GmailClient,
  ) {}

  async execute({ userId, connectionId }: RenewWatch): Promise<void> {
    const topic = this.env.GMAIL_PUSH_TOPIC;
    const row = await this.uow.readAsUser(userId, () => this.connections.find(userId, connectionId));
    if (topic === undefined || row?.status !== 'connected') return;
    try {
      const { expiration } = await this.client.watch(this.mailboxes.open(row), topic);
      const expiresAt = new Date(Number(expiration ?? 0));
      await this.uow.readAsService('note a watch', () => this.watches.watching(connectionId, expiresAt));
    } catch (error) {
      this.logger.warn({ err: error, connectionId }, 'A watch could not be renewed');
    }
  }
}
