import { Controller, HttpCode, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access } from '../../kernel/http/access.decorator';
import { RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { NeedsRecentProof } from '../needs-recent-proof.guard';
import { QueuePageDto } from './open-queue-page.dto';
import { OpenQueuePage } from './open-queue-page.handler';
import { queuePagePath } from './queue-page-pass';

@ApiTags('admin')
@Access('admin')
@Controller('api/admin/queue-page')
export class OpenQueuePageController {
  constructor(private readonly commands: CommandBus) {}

  /** Leaves a cookie with which this browser sees the page, for a quarter of an hour at most and as long as the session lives. */
  @Post()
  @NeedsRecentProof()
  @RepeatsSafely('Each call gives a cookie of its own.')
  @HttpCode(200)
  @ApiOperation({ operationId: 'admin.openQueuePage', summary: 'Look into the queues with a browser' })
  async open(
    @CurrentUser() { userId, sessionId }: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<QueuePageDto> {
    return handOver(reply, await this.commands.execute(new OpenQueuePage(userId, sessionId)));
  }
}

function handOver(
  reply: FastifyReply,
  { cookie, expiresAt }: { cookie: string; expiresAt: Date },
): QueuePageDto {
  void reply.header('set-cookie', cookie);
  return { path: `${queuePagePath}/`, expiresAt: expiresAt.toISOString() };
}
