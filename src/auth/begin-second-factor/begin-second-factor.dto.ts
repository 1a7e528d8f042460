export class NewSecondFactorDto {
  /** For typing into an authenticator app, base32. */
  secret!: string;

  /** The same for a QR code: an otpauth URI. */
  uri!: string;
}
