export class HealthDto {
  status!: 'ok';
  /** Each dependency that was looked at, and how it is. */
  checks!: Record<string, string>;
}
