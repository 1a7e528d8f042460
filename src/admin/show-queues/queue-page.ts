import { Injectable, MethodNotAllowedException, type OnModuleInit } from '@nestjs/common';
import { type AbstractHttpAdapter, HttpAdapterHost } from '@nestjs/core';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RequireLiveAdmin } from '../../auth/contracts';
import { emailQueue, syncQueue } from '../../jobs/contracts';
import { DomainError } from '../../kernel/errors/domain-error';
import { problemOf } from '../../kernel/http/problem';
import { identifyRequest } from '../../kernel/http/request-context';
import { sendProblem } from '../../kernel/http/send-problem';
import { queueBoard } from '../../kernel/queue/queue-board';
import { Queues } from '../../kernel/queue/queues';
import { RedisHealth } from '../../kernel/redis/redis-health';
import { QueuePagePass, queuePagePath } from './queue-page-pass';

const reading = new Set(['GET', 'HEAD']);

/**
 * Serves the page of queues under /admin/queues to holders of a pass. Each request asks the database whether the session of
 * the pass lives and its user is still an administrator; nothing of the page reaches anybody else, its scripts included.
 */
@Injectable()
export class QueuePage implements OnModuleInit {
  private readonly board;

  constructor(
    queues: Queues,
    private readonly queries: QueryBus,
    private readonly pass: QueuePagePass,
    private readonly redis: RedisHealth,
    private readonly adapterHost: HttpAdapterHost,
  ) {
    this.board = queueBoard(queues, queuePagePath);
  }

  onModuleInit(): void {
    // A process without an HTTP server of Nest's has no adapter, whatever the type says.
    const adapter = this.adapterHost.httpAdapter as AbstractHttpAdapter | null;
    if (adapter?.getType() !== 'fastify') return;
    void adapter.getInstance<FastifyInstance>().register(async (scope) => {
      scope.addHook('onRequest', (request, reply) => this.letIn(request, reply));
      await scope.register(this.board.plugin, { prefix: queuePagePath });
    });
  }

  private async letIn(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    void reply.header('cache-control', 'no-store');
    try {
      await this.admit(request);
      this.board.open([emailQueue, syncQueue]);
    } catch (error) {
      sendProblem(reply, problemOf(error, request.id), error);
      await reply;
    }
  }

  /**
   * @throws DomainError `auth.unauthenticated`; `auth.forbidden`; `admin.queues-unreachable` (unavailable) while Redis is away:
   * a queue would wait for it without end.
   */
  private async admit({ headers, method }: FastifyRequest): Promise<void> {
    const holder = this.pass.holderOf(headers.cookie);
    if (!holder)
      throw new DomainError('unauthenticated', 'auth.unauthenticated', 'Valid credentials are needed.');
    await this.queries.execute(new RequireLiveAdmin(holder.userId, holder.sessionId));
    identifyRequest({ userId: holder.userId, role: 'admin' });
    if (!reading.has(method)) throw new MethodNotAllowedException();
    if ((await this.redis.answers()) === false)
      throw new DomainError(
        'unavailable',
        'admin.queues-unreachable',
        'The queues are in Redis, which does not answer.',
      );
  }
}
