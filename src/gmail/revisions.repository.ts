import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { UnitOfWork } from '../kernel/database/unit-of-work';

/** The first revision of a message, by which all of them are locked. */
export interface LockedMessage {
  firstId: string;
  connectionId: string;
}

/** Further revisions of discovered mails. Every method works in the ambient unit of work. */
@Injectable()
export class RevisionsRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** Locks the message that a mail is a revision of, against further revisions until the commit. */
  async lock(userId: string, emailId: string): Promise<LockedMessage | undefined> {
    const [message] = await this.uow.db.$queryRaw<LockedMessage[]>`
      select first.id as "firstId", first.connection_id as "connectionId"
      from email_discoveries asked
      join email_discoveries first on first.connection_id = asked.connection_id
        and first.gmail_message_id = asked.gmail_message_id and first.revision = 1
      where asked.id = ${emailId}::uuid and asked.user_id = ${userId}::uuid
      for no key update of first`;
    return message;
  }

  /** The ids of all revisions of a locked message, in their order. */
  async list(firstId: string): Promise<string[]> {
    const rows = await this.uow.db.$queryRaw<{ id: string }[]>`
      select d.id from email_discoveries first
      join email_discoveries d on d.connection_id = first.connection_id and d.gmail_message_id = first.gmail_message_id
      where first.id = ${firstId}::uuid order by d.revision`;
    return rows.map(({ id }) => id);
  }

  /** Adds a revision of a locked message, with what is known of the first; answers its id. */
  async add(firstId: string, revision: number): Promise<string> {
    const id = uuidv7();
    await this.uow.db.$executeRaw`
      insert into email_discoveries (id, user_id, connection_id, gmail_message_id, gmail_thread_id, labels, sender, list_id,
        received_at, revision)
      select ${id}::uuid, user_id, connection_id, gmail_message_id, gmail_thread_id, labels, sender, list_id,
        received_at, ${revision}::smallint
      from email_discoveries where id = ${firstId}::uuid`;
    return id;
  }
}
