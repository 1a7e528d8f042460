import { IsEmail, MaxLength } from 'class-validator';

export class RequestPasswordResetDto {
  /** @example ada@example.com */
  @IsEmail()
  @MaxLength(254)
  email!: string;
}
