import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access } from '../http/access.decorator';
import { Exposition } from './exposition';

/** What Prometheus scrapes, with a service key of scope `metrics`. */
@ApiExcludeController()
@Access('service', 'metrics')
@Controller('metrics')
export class MetricsController {
  constructor(private readonly exposition: Exposition) {}

  @Get()
  async scrape(@Res() reply: FastifyReply): Promise<void> {
    const { contentType, text } = await this.exposition.scrape();
    await reply.header('content-type', contentType).send(text);
  }
}
