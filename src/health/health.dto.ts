export class HealthDto {
  /** `degraded` while something is down that reading does without; the checks name it. */
  status!: 'ok' | 'degraded';
  /** Each dependency that was looked at, and how it is. */
  checks!: Record<string, string>;
}
