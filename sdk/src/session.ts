import { InbriefProblem } from './problem.ts';
import type { StoredTokens, TokenStore } from './tokens.ts';

/** The pair that sign-in and refresh answer with. */
export interface FreshTokens {
  accessToken: string;
  refreshToken: string;
  expiresInSeconds: number;
}

/** An access token that ends within this is renewed first: it might not live until the server reads it. */
const marginMs = 5_000;

/**
 * The tokens of one signed-in user. However many calls find their token expired at once, one refresh is made and all of them
 * go on with its answer; a refresh token is good for one use, so a second refresh beside it would end the session.
 */
export class Session {
  private refreshing: Promise<StoredTokens | null> | undefined;

  constructor(
    private readonly store: TokenStore,
    private readonly refresh: (refreshToken: string) => Promise<FreshTokens>,
    private readonly onSignedOut: () => void,
  ) {}

  /**
   * The access token to send, renewed if need be; undefined when nobody is signed in.
   * @param refused a token that the server has just refused: it counts as expired, whatever the clock says.
   */
  async accessToken(refused?: string): Promise<string | undefined> {
    if (this.refreshing) return (await this.refreshing)?.accessToken;
    const tokens = await this.store.load();
    if (!tokens) return undefined;
    const isGood = tokens.accessToken !== refused && tokens.expiresAt - marginMs > Date.now();
    return isGood ? tokens.accessToken : (await this.renew(tokens))?.accessToken;
  }

  /** Keeps the tokens of a sign-in. */
  async keep({ accessToken, refreshToken, expiresInSeconds }: FreshTokens): Promise<StoredTokens> {
    const tokens = { accessToken, refreshToken, expiresAt: Date.now() + expiresInSeconds * 1_000 };
    await this.store.save(tokens);
    return tokens;
  }

  /** Whether there are tokens. */
  async isOpen(): Promise<boolean> {
    return (await this.store.load()) !== null;
  }

  /** Forgets the tokens, here only. */
  async forget(): Promise<void> {
    await this.store.save(null);
  }

  private renew({ refreshToken }: StoredTokens): Promise<StoredTokens | null> {
    this.refreshing ??= this.trade(refreshToken).finally(() => (this.refreshing = undefined));
    return this.refreshing;
  }

  /** A refusal ends the session; a server that cannot be reached does not. */
  private async trade(refreshToken: string): Promise<StoredTokens | null> {
    try {
      return await this.keep(await this.refresh(refreshToken));
    } catch (error) {
      if (!InbriefProblem.is(error) || error.status < 400 || error.status > 403) throw error;
      await this.forget();
      this.onSignedOut();
      return null;
    }
  }
}
