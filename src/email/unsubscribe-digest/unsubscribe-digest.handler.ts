import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { StopDigest } from '../../auth/contracts';
import { CursorCodec } from '../../kernel/http/cursor';
import { readUnsubscribeToken } from '../mail-digest/unsubscribe-link';

/** Turns off the digest that a signed link belongs to. @throws DomainError `email.bad-unsubscribe-link`. */
export class UnsubscribeDigest extends Command<void> {
  constructor(readonly token: string) {
    super();
  }
}

@CommandHandler(UnsubscribeDigest)
export class UnsubscribeDigestHandler implements ICommandHandler<UnsubscribeDigest> {
  constructor(
    private readonly cursors: CursorCodec,
    private readonly commands: CommandBus,
  ) {}

  async execute({ token }: UnsubscribeDigest): Promise<void> {
    await this.commands.execute(new StopDigest(readUnsubscribeToken(this.cursors, token)));
  }
}
