import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { EnvDto } from '../config/env.dto';
import { hashOpaqueToken } from '../crypto/opaque-token';
import { DomainError } from '../errors/domain-error';
import type { ServiceScope } from './service-scope';

interface ServiceKey {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly hash: Buffer;
}

/** The keys of machines that call us: known by their hashes alone, each good for the scopes it was made for. */
@Injectable()
export class ServiceKeys {
  private readonly keys: readonly ServiceKey[];

  constructor({ SERVICE_KEYS }: EnvDto) {
    this.keys = SERVICE_KEYS.map((entry) => {
      const [name = '', scopes = '', hash = ''] = entry.split(':');
      return { name, scopes: scopes.split('+'), hash: Buffer.from(hash, 'hex') };
    });
  }

  /**
   * The name of the key in this Authorization header. It takes as long for a key that is close as for any other.
   * @throws DomainError `auth.unauthenticated` for what is no key; `auth.scope-missing` (forbidden) for a key without the scope.
   */
  admit(authorization: string | undefined, scope: ServiceScope): string {
    const given = hashOpaqueToken(/^Bearer (\S+)$/i.exec(authorization ?? '')?.[1] ?? '');
    const [key] = this.keys.filter(({ hash }) => timingSafeEqual(hash, given));
    if (!key) throw new DomainError('unauthenticated', 'auth.unauthenticated', 'A service key is needed.');
    if (!key.scopes.includes(scope))
      throw new DomainError('forbidden', 'auth.scope-missing', 'This service key is not for this route.');
    return key.name;
  }
}
