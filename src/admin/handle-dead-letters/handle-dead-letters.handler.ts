import {
  Command,
  CommandHandler,
  type ICommandHandler,
  type IQueryHandler,
  Query,
  QueryHandler,
} from '@nestjs/cqrs';
import { DeadLetters } from '../../kernel/outbox/dead-letters';
import { OutboxRepository } from '../../kernel/outbox/outbox.repository';
import { AdminLists } from '../admin-lists';
import type { DeadLetterPage } from './handle-dead-letters.dto';

/** Events that were given up, the newest first. */
export class ListDeadLetters extends Query<DeadLetterPage> {
  constructor(readonly page: { limit: number; cursor?: string }) {
    super();
  }
}

@QueryHandler(ListDeadLetters)
export class ListDeadLettersHandler implements IQueryHandler<ListDeadLetters> {
  constructor(
    private readonly outbox: OutboxRepository,
    private readonly lists: AdminLists,
  ) {}

  execute({ page }: ListDeadLetters): Promise<DeadLetterPage> {
    return this.lists.page('admin.dead-letters', page, (limit, before) => this.outbox.dead(limit, before));
  }
}

/** Replays or drops a dead letter. @throws DomainError `outbox.no-dead-letter` (not-found). */
export class SettleDeadLetter extends Command<void> {
  constructor(
    readonly id: string,
    readonly how: 'replay' | 'drop',
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(SettleDeadLetter)
export class SettleDeadLetterHandler implements ICommandHandler<SettleDeadLetter> {
  constructor(private readonly letters: DeadLetters) {}

  execute({ id, how, reason }: SettleDeadLetter): Promise<void> {
    return this.letters[how](id, reason);
  }
}
