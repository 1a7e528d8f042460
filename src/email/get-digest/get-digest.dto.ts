import { IsISO8601, IsOptional, IsTimeZone, Length } from 'class-validator';
import type { Category, Urgency } from '../summariser/summary';

export class GetDigestDto {
  /** Calendar day (YYYY-MM-DD) on which the mails were received. */
  @IsISO8601({ strict: true })
  @Length(10, 10, { message: 'day must be YYYY-MM-DD' })
  day!: string;

  /** IANA name of the time zone whose day is meant. Default: the one of your preferences, else UTC. */
  @IsOptional()
  @IsTimeZone()
  timeZone?: string;
}

export class DigestMailDto {
  summaryId!: string;
  headline!: string;
  sender!: string;
  urgency!: Urgency;
  receivedAt!: Date;
}

export class DigestGroupDto {
  category!: Category;
  mails!: DigestMailDto[];
}

export class DigestTaskDto {
  summaryId!: string;
  task!: string;
  /** Calendar day (YYYY-MM-DD) when the mail names one. */
  dueDate!: string | null;
}

/** One day on one page. */
export class DigestDto {
  day!: string;
  timeZone!: string;
  /** Mails below; a day with more than 500 shows the 500 most urgent. */
  mails!: number;
  /** What the day's mails ask for: the soonest due first, undated ones last. */
  tasks!: DigestTaskDto[];
  /** By category, the one with the most urgent mail first. */
  groups!: DigestGroupDto[];
}
