/** A refusal of the token endpoint: `{error, error_description}` with its status. */
export class OAuthError extends Error {
  constructor(
    readonly status: number,
    readonly error: string,
    description: string,
  ) {
    super(description);
  }

  body(): { error: string; error_description: string } {
    return { error: this.error, error_description: this.message };
  }
}

export const invalidGrant = (description: string): OAuthError =>
  new OAuthError(400, 'invalid_grant', description);

export const invalidRequest = (description: string): OAuthError =>
  new OAuthError(400, 'invalid_request', description);
