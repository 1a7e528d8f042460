import { Controller, Get, Header, HttpCode, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { IgnoresBody } from '../../kernel/http/ignores-body.decorator';
import { UnsubscribeDigestDto } from './unsubscribe-digest.dto';
import { UnsubscribeDigest } from './unsubscribe-digest.handler';

/** Looking must not unsubscribe: mail scanners open every link. */
const page =
  '<!doctype html><title>Digest</title><form method="post"><button>Send me no more digests</button></form>';

@ApiTags('summaries')
@Controller('api/email/digest/unsubscribe')
@Access('public')
export class UnsubscribeDigestController {
  constructor(private readonly commands: CommandBus) {}

  /** The page behind the link of a digest: one button. */
  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @ApiProduces('text/html')
  @ApiOperation({ operationId: 'summaries.showUnsubscribe' })
  show(@Query() _link: UnsubscribeDigestDto): string {
    return page;
  }

  /** Turns the digest off (one click, RFC 8058). Harmless to repeat. */
  @Post()
  @RepeatsSafely('What is off stays off.')
  @IgnoresBody()
  @HttpCode(204)
  @ApiOperation({ operationId: 'summaries.unsubscribeDigest' })
  @ApiProblem(400, '`email.bad-unsubscribe-link`')
  stop(@Query() { token }: UnsubscribeDigestDto): Promise<void> {
    return this.commands.execute(new UnsubscribeDigest(token));
  }
}
