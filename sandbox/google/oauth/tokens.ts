import type { AuthorizationRequest } from './authorization-request';

export interface AuthorizationCode {
  email: string;
  request: AuthorizationRequest;
  scopes: string[];
  withRefreshToken: boolean;
  expiresAt: number;
  /** What the code was exchanged for, once it was. */
  issued: IssuedTokens | undefined;
}

export interface AccessToken {
  token: string;
  clientId: string;
  email: string;
  scopes: string[];
  /** Epoch ms. */
  expiresAt: number;
  refreshToken: string | undefined;
}

export interface RefreshToken {
  token: string;
  clientId: string;
  email: string;
  scopes: string[];
  /** Epoch ms; infinite for clients in production. */
  expiresAt: number;
  lastUsedAt: number;
}

export interface IssuedTokens {
  access: AccessToken;
  refresh?: RefreshToken;
  nonce?: string;
}
