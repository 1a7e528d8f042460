import { createHash } from 'node:crypto';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { EnvDto } from '../../kernel/config/env.dto';
import { createOpaqueToken } from '../../kernel/crypto/opaque-token';
import { signInRedirect } from '../domain/sign-in-redirect';
import { GoogleSignIn } from '../google/google-sign-in';
import type { GoogleSignInDto } from './start-google-sign-in.dto';

/**
 * What a client needs to begin a sign-in with Google. Nothing is stored: PKCE ties the code to whoever holds the verifier,
 * and Google takes each code once.
 * @throws DomainError `auth.redirect-not-allowed` (invalid).
 */
export class GetGoogleSignIn extends Query<GoogleSignInDto> {
  constructor(readonly redirectUri?: string) {
    super();
  }
}

@QueryHandler(GetGoogleSignIn)
export class GetGoogleSignInHandler implements IQueryHandler<GetGoogleSignIn> {
  constructor(
    private readonly env: EnvDto,
    private readonly google: GoogleSignIn,
  ) {}

  execute({ redirectUri }: GetGoogleSignIn): Promise<GoogleSignInDto> {
    const redirect = signInRedirect(redirectUri, this.env);
    const { token: codeVerifier } = createOpaqueToken();
    const { token: state } = createOpaqueToken();
    const challenge = createHash('sha256').update(codeVerifier).digest('base64url');
    return Promise.resolve({ url: this.google.pageUrl(redirect, state, challenge), state, codeVerifier });
  }
}
