import { IsString, MaxLength } from 'class-validator';

export class RefreshSessionDto {
  /** The refresh token that came last. */
  @IsString()
  @MaxLength(100)
  refreshToken!: string;
}
