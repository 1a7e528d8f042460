import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { RequireLiveSession } from '../../auth/contracts';
import { EnvDto } from '../../kernel/config/env.dto';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { CursorCodec } from '../../kernel/http/cursor';
import { Metrics } from '../../kernel/observability/metrics';
import { Loop } from '../../kernel/worker/loop';
import { runView } from '../get-run/run-view';
import { jobView } from '../list-jobs/job-view';
import { RunsRepository } from '../runs.repository';
import { type Change, mostChanges, StreamsRepository } from '../streams.repository';
import { eventIdOf } from './change-position';
import type { ChangeStream } from './change-stream';

/** Milliseconds from a change to its event, at most, while nothing holds up the database. */
const pollMs = 500;
/** Milliseconds between two beats, and until a session that ended loses its stream. */
const beatMs = 15_000;
/** Milliseconds after which a caller that found no room should try again. */
const retryAfterMs = 5_000;

/**
 * The streams that this process holds open. However many there are, one statement every half second asks for what they have
 * not told; what each has told is its own place, so a stream that begins, catches up or goes on is the same.
 */
@Injectable()
export class ChangeStreams implements OnModuleDestroy {
  private readonly logger = new Logger(ChangeStreams.name);
  private readonly streams = new Map<string, ChangeStream>();
  private readonly poll = new Loop(ChangeStreams.name, () => this.follow(), pollMs);
  private readonly beat = new Loop(`${ChangeStreams.name} beat`, () => this.beatAll(), beatMs);

  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly repository: StreamsRepository,
    private readonly runs: RunsRepository,
    private readonly cursors: CursorCodec,
    private readonly queries: QueryBus,
    metrics: Metrics,
  ) {
    metrics.gauge('inbrief_job_streams_open', 'Streams of job changes that are open.', [], (gauge) =>
      gauge.set(this.streams.size),
    );
  }

  /** @throws DomainError `jobs.streams-full` (unavailable) while this process holds as many as it may. */
  assertRoom(): void {
    if (this.streams.size >= this.env.JOB_STREAMS_MAX)
      throw new DomainError('unavailable', 'jobs.streams-full', 'No further stream can be opened now', {
        retryAfterMs,
      });
  }

  /** Has a stream told of every change behind its place from now on, until it is closed. */
  add(stream: ChangeStream): void {
    this.streams.set(stream.id, stream);
    stream.once('close', () => this.streams.delete(stream.id));
    stream.tell({ type: 'open', data: {}, id: eventIdOf(stream.position, this.cursors) });
    this.poll.start();
    this.beat.start();
  }

  /** Ends every stream; its caller comes back to another process. */
  async onModuleDestroy(): Promise<void> {
    await Promise.all([this.poll.stop(), this.beat.stop()]);
    for (const stream of this.streams.values()) stream.finish();
  }

  /** Tells all streams what they have not heard; answers whether one of them has more to hear at once. */
  async follow(): Promise<boolean> {
    const listening = [...this.streams.values()].filter(({ listens }) => listens);
    if (listening.length === 0) return false;
    return this.uow.readAsService('tell open streams of job changes', async () => {
      const [changes, superseded] = await Promise.all([
        this.repository.changesFor(
          listening.map(({ id, caller, position }) => ({ id, userId: caller.userId, position })),
        ),
        this.repository.superseded(
          listening.map(({ id }) => id),
          listening.map(({ caller }) => caller.sessionId),
        ),
      ]);
      await this.tell(changes);
      for (const id of superseded) this.streams.get(id)?.finish('superseded');
      return isFullFor(changes);
    });
  }

  private async tell(changes: readonly Change[]): Promise<void> {
    if (changes.length === 0) return;
    const ids = (kind: Change['kind']) => [
      ...new Set(changes.filter((change) => change.kind === kind).map(({ id }) => id)),
    ];
    const [jobs, runs, tallyOf] = await Promise.all([
      this.repository.jobs(ids('job')),
      this.repository.runs(ids('run')),
      this.runs.tallies(ids('run')),
    ]);
    await this.repository.reachDisk();
    const views = new Map<string, object>([
      ...jobs.map((job) => [job.id, jobView(job)] as const),
      ...runs.map((run) => [run.id, runView(run, tallyOf(run.id))] as const),
    ]);
    for (const { streamId, kind, id, xid } of changes) {
      const [stream, data] = [this.streams.get(streamId), views.get(id)];
      if (!stream || !data) continue;
      stream.position = { xid, id };
      stream.tell({ type: kind, data, id: eventIdOf(stream.position, this.cursors) });
    }
  }

  /** Shows every stream that it lives, and ends those whose session does not; answers false, since there is never more at once. */
  async beatAll(): Promise<boolean> {
    await Promise.all(
      [...this.streams.values()].map(async (stream) => {
        if (await this.isLive(stream)) stream.beat();
        else stream.finish('session-ended');
      }),
    );
    return false;
  }

  /** A database that is away ends no stream. */
  private async isLive({ caller }: ChangeStream): Promise<boolean> {
    try {
      await this.queries.execute(new RequireLiveSession(caller.userId, caller.sessionId));
      return true;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'auth.session-ended') return false;
      this.logger.warn({ err: error }, 'Whether the session of a stream lives could not be asked');
      return true;
    }
  }
}

function isFullFor(changes: readonly Change[]): boolean {
  const told = new Map<string, number>();
  for (const { streamId } of changes) told.set(streamId, (told.get(streamId) ?? 0) + 1);
  return [...told.values()].some((count) => count === mostChanges);
}
