import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { v7 as uuidv7 } from 'uuid';
import { AuditLog } from '../../kernel/audit/audit-log';
import { createOpaqueToken } from '../../kernel/crypto/opaque-token';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { apiKeyPrefix } from '../access/api-keys';
import { IdentityProof } from '../access/identity-proof';
import { ApiKeyRepository } from '../api-key.repository';
import { apiKeyDto } from '../list-api-keys/list-api-keys.dto';
import type { CreatedApiKeyDto } from './create-api-key.dto';

/** What a key may do and how long. */
export interface ApiKeyTerms {
  name: string;
  scopes: string[];
  expiresInDays?: number;
}

/**
 * Makes an API key and answers it, this once.
 * @throws DomainError `auth.recent-proof-needed` (forbidden): a stolen access token must not make itself permanent;
 * `auth.too-many-api-keys` (conflict).
 */
export class CreateApiKey extends Command<CreatedApiKeyDto> {
  constructor(
    readonly userId: string,
    readonly sessionId: string,
    readonly terms: ApiKeyTerms,
  ) {
    super();
  }
}

const mostKeys = 25;
const dayMs = 86_400_000;
/** Characters of a key that a list may show. */
const shownCharacters = 8;

@CommandHandler(CreateApiKey)
export class CreateApiKeyHandler implements ICommandHandler<CreateApiKey> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly proof: IdentityProof,
    private readonly keys: ApiKeyRepository,
    private readonly audit: AuditLog,
  ) {}

  async execute({ userId, sessionId, terms }: CreateApiKey): Promise<CreatedApiKeyDto> {
    await this.proof.requireRecent(userId, sessionId);
    const { token, hash } = createOpaqueToken(apiKeyPrefix);
    const { name, scopes, expiresInDays } = terms;
    const row = await this.uow.asUser(userId, async () => {
      if ((await this.keys.countLive(userId)) >= mostKeys)
        throw new DomainError(
          'conflict',
          'auth.too-many-api-keys',
          'Revoke a key that you no longer need first.',
        );
      const id = uuidv7();
      const changes = { name, scopes, expiresInDays };
      await this.audit.record({
        action: 'auth.api-key-created',
        targetType: 'api-key',
        targetId: id,
        userId,
        changes,
      });
      const expiresAt = expiresInDays === undefined ? null : new Date(Date.now() + expiresInDays * dayMs);
      const prefix = token.slice(0, apiKeyPrefix.length + shownCharacters);
      return this.keys.insert({ id, userId, name, prefix, keyHash: hash, scopes, expiresAt });
    });
    return { apiKey: apiKeyDto(row), key: token };
  }
}
