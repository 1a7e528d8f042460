import { Command, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { RequireLiveSession } from '../../auth/contracts';
import { AuditLog } from '../../kernel/audit/audit-log';
import { hashOpaqueToken } from '../../kernel/crypto/opaque-token';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { identifyRequest } from '../../kernel/http/request-context';
import { Outbox } from '../../kernel/outbox/outbox';
import { GmailConnected } from '../contracts/events';
import { type ConnectionStatus, type StatusReason } from '../domain/connection-status';
import { withOutcome } from '../domain/return-url';
import { canRead } from '../domain/scopes';
import { type GmailConnection, type GmailOauthState, GmailRepository } from '../gmail.repository';
import { type GoogleIdentity, GoogleOAuth, type GrantedTokens } from '../google/google-oauth';
import { TokenVault } from '../tokens/token-vault';
import { type ConfirmQuestion, ConfirmQuestions } from './confirm-question';
import { unknownState } from './unknown-state';

/** A mailbox that was connected, and where the browser goes from here. */
export interface FinishedConsent {
  connectionId: string;
  emailAddress: string;
  returnTo: string | null;
}

type Outcome = FinishedConsent | { returnTo: string } | ConfirmQuestion;

/**
 * Ends a consent, once a browser's person has said for whom the mailbox is: trades the code for tokens, checks what was granted, stores the tokens encrypted and publishes
 * `GmailConnected`. With a return address a refusal is told there; without one it is thrown.
 * @throws DomainError `gmail.state-unknown` (invalid), `gmail.consent-denied`, `gmail.scope-missing` (forbidden),
 * `gmail.consent-expired` (unprocessable), or a retryable one.
 */
export class FinishConnect extends Command<Outcome> {
  constructor(
    readonly state: string,
    readonly code: string | undefined,
    readonly error: string | undefined,
    /** Present when a browser finishes, with what its person was given beside the question, if it was asked. */
    readonly person?: { confirmation: string | undefined },
  ) {
    super();
  }
}

@CommandHandler(FinishConnect)
export class FinishConnectHandler implements ICommandHandler<FinishConnect> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: GmailRepository,
    private readonly questions: ConfirmQuestions,
    private readonly vault: TokenVault,
    private readonly google: GoogleOAuth,
    private readonly outbox: Outbox,
    private readonly queries: QueryBus,
    private readonly audit: AuditLog,
  ) {}

  async execute({ state, code, error, person }: FinishConnect): Promise<Outcome> {
    const confirmation = person?.confirmation;
    if (person && confirmation === undefined && code !== undefined && error === undefined)
      return this.questions.ask(state, code);
    const hash = hashOpaqueToken(state);
    const confirmHash = confirmation === undefined ? undefined : hashOpaqueToken(confirmation);
    const begun = await this.uow.readAsService('finish a Gmail consent', () =>
      this.repository.takeOauthState(hash, confirmHash),
    );
    if (!begun) throw unknownState();
    try {
      return await this.finish(begun, hash.toString('hex'), code, error);
    } catch (failure) {
      if (!(failure instanceof DomainError) || begun.returnTo === null) throw failure;
      return { returnTo: withOutcome(begun.returnTo, { gmail: 'failed', code: failure.code }) };
    }
  }

  private async finish(
    begun: GmailOauthState,
    stateId: string,
    code: string | undefined,
    error: string | undefined,
  ): Promise<FinishedConsent> {
    if (error !== undefined || code === undefined)
      throw new DomainError(
        'forbidden',
        'gmail.consent-denied',
        'The access to Gmail was not allowed on Google’s page',
      );
    await this.queries.execute(new RequireLiveSession(begun.userId, begun.sessionId));
    const verifier = this.vault.open(begun.codeVerifierCipher, 'code_verifier', {
      userId: begun.userId,
      id: stateId,
    });
    const granted = await this.google.exchange(code, verifier);
    const identity = await this.google.identity(granted.accessToken);
    const connection = await this.uow.asService('finish a Gmail consent', () =>
      this.store(begun.userId, identity, granted),
    );
    if (!canRead(granted.scopes))
      throw new DomainError('forbidden', 'gmail.scope-missing', 'The permission to read mail was not given');
    if (connection.status !== 'connected')
      throw new DomainError(
        'unprocessable',
        'gmail.no-lasting-access',
        'Google gave no lasting access. Connect anew.',
      );
    const outcome = { gmail: 'connected', connectionId: connection.id };
    const returnTo = begun.returnTo === null ? null : withOutcome(begun.returnTo, outcome);
    return { connectionId: connection.id, emailAddress: identity.emailAddress, returnTo };
  }

  /** A consent that gives too little leaves a connection that works as it is. */
  private async store(
    userId: string,
    { subject, emailAddress }: GoogleIdentity,
    granted: GrantedTokens,
  ): Promise<Pick<GmailConnection, 'id'> & { status: ConnectionStatus }> {
    const row = await this.repository.lockForConsent(userId, subject, emailAddress);
    const status = row.status as ConnectionStatus;
    const lacking = whatLacks(row, granted);
    // Google sent the browser back without a token of ours; the state and the live session say whose it is.
    identifyRequest({ userId, role: 'user' });
    await this.audit.record({
      action: lacking ? 'gmail.consent-insufficient' : 'gmail.connected',
      targetType: 'gmail-connection',
      targetId: row.id,
      userId,
      changes: { from: status, lacking, scopes: granted.scopes },
    });
    if (lacking) {
      if (status === 'pending' || status === 'disconnected')
        await this.repository.move(userId, row.id, status, 'pending', lacking);
      return { id: row.id, status: status === 'disconnected' ? 'pending' : status };
    }
    await this.repository.connect(row.id, emailAddress, granted.scopes, {
      accessTokenCipher: this.vault.seal(granted.accessToken, 'access_token', row),
      accessTokenExpiresAt: granted.expiresAt,
      ...(granted.refreshToken && {
        refreshTokenCipher: this.vault.seal(granted.refreshToken, 'refresh_token', row),
      }),
    });
    await this.outbox.publish(new GmailConnected(userId, row.id));
    return { id: row.id, status: 'connected' };
  }
}

function whatLacks(row: GmailConnection, granted: GrantedTokens): StatusReason | undefined {
  if (!canRead(granted.scopes)) return 'scope-missing';
  return granted.refreshToken || row.refreshTokenCipher ? undefined : 'no-lasting-access';
}
