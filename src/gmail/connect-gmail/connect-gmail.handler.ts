import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { createHash } from 'node:crypto';
import { AuditLog } from '../../kernel/audit/audit-log';
import { EnvDto } from '../../kernel/config/env.dto';
import { createOpaqueToken } from '../../kernel/crypto/opaque-token';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { isAllowedReturn } from '../domain/return-url';
import { scopesToAsk } from '../domain/scopes';
import { GmailRepository } from '../gmail.repository';
import { GoogleOAuth } from '../google/google-oauth';
import { TokenVault } from '../tokens/token-vault';

/** How long a person may take on Google's pages, ms. */
const stateLifeMs = 15 * 60_000;

/**
 * Begins a consent and answers the address of Google's page. The state is single-use, kept only as a hash, and bound to
 * the user, the session and a PKCE verifier. Calls nobody.
 * @throws DomainError `gmail.return-url-refused` (invalid) for an address outside of the allowed ones.
 */
export class ConnectGmail extends Command<string> {
  constructor(
    readonly userId: string,
    readonly sessionId: string,
    readonly options: { returnTo?: string; actions?: boolean; loginHint?: string } = {},
  ) {
    super();
  }
}

@CommandHandler(ConnectGmail)
export class ConnectGmailHandler implements ICommandHandler<ConnectGmail> {
  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly repository: GmailRepository,
    private readonly vault: TokenVault,
    private readonly google: GoogleOAuth,
    private readonly audit: AuditLog,
  ) {}

  async execute({ userId, sessionId, options }: ConnectGmail): Promise<string> {
    const { returnTo, actions = false, loginHint } = options;
    if (returnTo !== undefined && !isAllowedReturn(returnTo, [this.env.PUBLIC_URL, ...this.env.RETURN_URLS]))
      throw new DomainError(
        'invalid',
        'gmail.return-url-refused',
        'The return address is not an allowed one',
      );
    const { token: state, hash } = createOpaqueToken();
    const { token: verifier } = createOpaqueToken();
    const scopes = scopesToAsk(actions);
    await this.uow.asService('begin a Gmail consent', async () => {
      await this.repository.addOauthState({
        stateHash: hash,
        userId,
        sessionId,
        codeVerifierCipher: this.vault.seal(verifier, 'code_verifier', { userId, id: hash.toString('hex') }),
        scopes,
        returnTo: returnTo ?? null,
        expiresAt: new Date(Date.now() + stateLifeMs),
      });
      const target = { targetType: 'user', targetId: userId, userId };
      await this.audit.record({ action: 'gmail.consent-begun', ...target, changes: { actions } });
    });
    const codeChallenge = createHash('sha256').update(verifier).digest('base64url');
    return this.google.consentUrl({ state, codeChallenge, scopes, loginHint });
  }
}
