import { createHash, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { EnvDto } from '../../kernel/config/env.dto';

/** The bearer key that machines show on routes of level `service`; without one configured those routes stay closed. */
@Injectable()
export class ServiceKey {
  private readonly expected: Buffer | undefined;

  constructor(env: EnvDto) {
    this.expected = env.METRICS_KEY === undefined ? undefined : digest(env.METRICS_KEY);
  }

  /** Whether this Authorization header carries the key; takes as long for a near miss as for a far one. */
  matches(authorization: string | undefined): boolean {
    const key = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
    return this.expected !== undefined && key !== undefined && timingSafeEqual(this.expected, digest(key));
  }
}

function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
