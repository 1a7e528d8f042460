export class ConnectedDto {
  connectionId!: string;
  emailAddress!: string;
}
