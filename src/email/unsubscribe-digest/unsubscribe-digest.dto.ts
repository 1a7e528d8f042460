import { IsString, Length } from 'class-validator';

export class UnsubscribeDigestDto {
  /** As it stands in the link of a digest. */
  @IsString()
  @Length(1, 200)
  token!: string;
}
