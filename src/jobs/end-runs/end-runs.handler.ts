import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Gathering } from '../../kernel/database/gathering';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { RunEndings } from '../run-endings';

/**
 * Tells of the runs that the ends of these mails have brought to rest, once each. It looks after those ends have committed, so that
 * of mails that end together the last one looked at finds all of them; and nobody who ends a mail waits for its run.
 */
export class EndRuns extends Command<void> {
  constructor(readonly emailIds: string[]) {
    super();
  }
}

@CommandHandler(EndRuns)
export class EndRunsHandler implements ICommandHandler<EndRuns> {
  private readonly ended = new Gathering<void, string>((_everybody, emailIds) =>
    this.uow.asService('end runs', () => this.endings.tellOf(emailIds)),
  );

  constructor(
    private readonly uow: UnitOfWork,
    private readonly endings: RunEndings,
  ) {}

  execute({ emailIds }: EndRuns): Promise<void> {
    return this.ended.join('everybody', emailIds).answer;
  }
}
