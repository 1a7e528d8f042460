/** The tokens of a session. */
export class TokensDto {
  /** JWT; send it as `Authorization: Bearer`. */
  accessToken!: string;

  /** Opaque and good for one use: a refresh answers with the next one. */
  refreshToken!: string;

  /** Seconds until the access token expires. @example 600 */
  expiresInSeconds!: number;
}
