import { Injectable } from '@nestjs/common';
import { EnvDto } from '../../kernel/config/env.dto';
import { isSameSecret } from '../../kernel/crypto/opaque-token';

/** The bearer key that machines show on routes of level `service`; without one configured those routes stay closed. */
@Injectable()
export class ServiceKey {
  constructor(private readonly env: EnvDto) {}

  /** Whether this Authorization header carries the key. */
  matches(authorization = ''): boolean {
    const { METRICS_KEY: key } = this.env;
    return key !== undefined && isSameSecret(authorization, `Bearer ${key}`);
  }
}
