import { PageOf } from '../../kernel/http/page';
import type { DeadLetter } from '../../kernel/outbox/outbox.repository';

/** An event that was given up. */
export class DeadLetterDto implements DeadLetter {
  id!: string;
  type!: string;
  subjectId!: string | null;
  userId!: string | null;
  attempts!: number;
  lastError!: string | null;
  occurredAt!: Date;
  deadAt!: Date;
}

export class DeadLetterPage extends PageOf(DeadLetterDto) {}
