import { AuthResource } from './generated/resources.ts';
import type { RegisteredUser, SignedIn } from './generated/models.ts';
import type { Body, CallOptions, Http } from './http/http.ts';
import type { Session } from './session.ts';

/** Sign-in and its end: what it answers with is kept, so that the calls after it are made as that user. */
export class Auth extends AuthResource {
  constructor(
    http: Http,
    private readonly session: Session,
  ) {
    super(http);
  }

  override async register(body: Body<'auth.register'>, options?: CallOptions): Promise<RegisteredUser> {
    const registered = await super.register(body, options);
    await this.session.keep(registered.tokens);
    return registered;
  }

  override async login(body: Body<'auth.login'>, options?: CallOptions): Promise<SignedIn> {
    const signedIn = await super.login(body, options);
    await this.session.keep(signedIn.tokens);
    return signedIn;
  }

  override async finishGoogle(body: Body<'auth.finishGoogle'>, options?: CallOptions): Promise<SignedIn> {
    const signedIn = await super.finishGoogle(body, options);
    await this.session.keep(signedIn.tokens);
    return signedIn;
  }

  /** Ends this session on the server, and here whatever the server says. */
  override async logout(options?: CallOptions): Promise<void> {
    try {
      await super.logout(options);
    } finally {
      await this.session.forget();
    }
  }

  /** Ends every session of the user, this one too. */
  override async logoutEverywhere(options?: CallOptions): Promise<void> {
    await super.logoutEverywhere(options);
    await this.session.forget();
  }

  /** Whether there are tokens to call with; the server may have ended their session all the same. */
  async isSignedIn(): Promise<boolean> {
    return this.session.isOpen();
  }
}
