import { Controller, Get, Headers, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { isSameSecret } from '../crypto/opaque-token';
import { DomainError } from '../errors/domain-error';
import { Access } from '../http/access.decorator';
import { Metrics } from './metrics';

export const METRICS_OPTIONS = Symbol('metrics.options');

export interface MetricsOptions {
  /** Bearer key that a scrape must show; without one the route is closed to everybody. */
  readonly serviceKey?: string;
}

/** What Prometheus scrapes. */
@ApiExcludeController()
@Access('service')
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    @Inject(METRICS_OPTIONS) private readonly options: MetricsOptions,
  ) {}

  /** @throws DomainError `auth.unauthenticated` without the service key. */
  @Get()
  async scrape(
    @Headers('authorization') authorization: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.assertKey(authorization);
    const { contentType, text } = await this.metrics.expose();
    await reply.header('content-type', contentType).send(text);
  }

  private assertKey(authorization = ''): void {
    const { serviceKey } = this.options;
    if (!serviceKey || !isSameSecret(authorization, `Bearer ${serviceKey}`))
      throw new DomainError('unauthenticated', 'auth.unauthenticated', 'A service key is needed.');
  }
}
