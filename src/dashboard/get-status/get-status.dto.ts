import type { NoticeLevel } from '../dashboard.settings';

/** What the service has to say. Plain text: show it as such. */
export class ServiceNoticeDto {
  text!: string;
  level!: NoticeLevel;
  /** When it ends (ISO 8601, UTC); null while that is not known. */
  until!: string | null;
}

export class StatusDto {
  /** What to tell whoever uses the product now; null for nothing. */
  notice!: ServiceNoticeDto | null;
}
