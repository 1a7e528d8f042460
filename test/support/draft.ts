import type { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { Draft } from '../../src/email/answer';

/** An answer of the model to a mail that was found. */
export async function draftOf(owner: Client, emailId: string): Promise<Draft> {
  const { rows } = await owner.query<Pick<Draft['headers'], 'connectionId' | 'gmailMessageId' | 'revision'>>(
    `select connection_id as "connectionId", gmail_message_id as "gmailMessageId", revision
     from email_discoveries where id = $1`,
    [emailId],
  );
  if (!rows[0]) throw new Error(`No mail ${emailId} was found`);
  const mail = { gmailThreadId: 'thread', subject: '', sender: '', receivedAt: new Date().toISOString() };
  return {
    answerId: uuidv7(),
    headers: { ...mail, ...rows[0] },
    summarised: {
      summary: {
        headline: 'A test',
        summary: 'It is one.',
        keyPoints: [],
        actionItems: [],
        category: 'work',
        urgency: 'low',
        people: [],
        language: 'en',
        confidence: 1,
      },
      model: 'test',
      promptVersion: '1',
      usage: { input: 1, output: 1, cacheRead: 0, cacheWrite: 0 },
      costMicros: 1,
    },
  };
}
