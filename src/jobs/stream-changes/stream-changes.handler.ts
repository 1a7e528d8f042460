import type { Readable } from 'node:stream';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { v7 as uuidv7 } from 'uuid';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { CursorCodec } from '../../kernel/http/cursor';
import type { Principal } from '../../kernel/http/principal';
import { StreamsRepository } from '../streams.repository';
import { beginningOf, positionAfter } from './change-position';
import { ChangeStream } from './change-stream';
import { ChangeStreams } from './change-streams';

/**
 * Opens the stream of a session, and ends the one it had: every change of the caller's jobs and runs from now on, or behind the
 * event `lastEventId`. A job that changed more than once in between is told of once, as it is.
 * @throws DomainError `request.bad-cursor`; `jobs.streams-full` (unavailable).
 */
export class StreamChanges extends Command<Readable> {
  constructor(
    readonly caller: Principal,
    readonly lastEventId?: string,
  ) {
    super();
  }
}

@CommandHandler(StreamChanges)
export class StreamChangesHandler implements ICommandHandler<StreamChanges> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: StreamsRepository,
    private readonly streams: ChangeStreams,
    private readonly cursors: CursorCodec,
  ) {}

  async execute({ caller, lastEventId }: StreamChanges): Promise<Readable> {
    this.streams.assertRoom();
    const id = uuidv7();
    const position = await this.uow.asService('open a stream of job changes', async () => {
      const now = beginningOf(await this.repository.take(id, caller.sessionId, caller.userId));
      return lastEventId === undefined ? now : positionAfter(lastEventId, now, this.cursors);
    });
    const stream = new ChangeStream(id, caller, position);
    this.streams.add(stream);
    return stream;
  }
}
