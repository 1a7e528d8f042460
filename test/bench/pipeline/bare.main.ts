import Anthropic from '@anthropic-ai/sdk';
import { gmail, type gmail_v1 } from '@googleapis/gmail';
import { Pool } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { mailBlock } from '../../../src/email/summariser/mail-block';
import { systemPrompt } from '../../../src/email/summariser/prompt';
import { summarySchema } from '../../../src/email/summariser/summary';
import { answerPlans } from '../program';

export interface BarePlan {
  google: string;
  anthropic: string;
  accessToken: string;
  databaseUrl: string;
  concurrency: number;
}

const headers = (accessToken: string) => ({ headers: { authorization: `Bearer ${accessToken}` } });

/** The least that anybody could do: the same calls of the same SDKs, and one INSERT for each mail. Answers the mails done. */
answerPlans(async (plan: BarePlan): Promise<number> => {
  const users = gmail({
    version: 'v1',
    rootUrl: `${plan.google}/`,
    retry: false,
    fetchImplementation: fetch,
  }).users;
  const model = new Anthropic({ apiKey: 'sk-ant-sandbox', baseURL: plan.anthropic, maxRetries: 0 });
  const pool = new Pool({ connectionString: plan.databaseUrl, max: plan.concurrency });
  await pool.query(
    'create table if not exists bare_summaries (id uuid primary key, message text, summary jsonb)',
  );
  const ids: string[] = [];
  let pageToken: string | undefined;
  do {
    const { data } = await users.messages.list(
      { userId: 'me', maxResults: 100, ...(pageToken !== undefined && { pageToken }) },
      headers(plan.accessToken),
    );
    ids.push(...(data.messages ?? []).flatMap(({ id }) => id ?? []));
    pageToken = data.nextPageToken ?? undefined;
  } while (pageToken !== undefined);
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let id = ids[next++]; id !== undefined; id = ids[next++]) {
      const { data } = await users.messages.get(
        { userId: 'me', id, format: 'full' },
        headers(plan.accessToken),
      );
      const answer = await model.messages.create({
        model: 'claude-haiku-5-5',
        max_tokens: 2_000,
        system: [{ type: 'text', text: systemPrompt, cache_control: { type: 'ephemeral' } }],
        messages: [{ role: 'user', content: question(data) }],
        output_config: { format: { type: 'json_schema', schema: summarySchema } },
      });
      const text = answer.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
      const row = [uuidv7(), id, text];
      await pool.query({ name: 'keep', text: 'insert into bare_summaries values ($1, $2, $3)', values: row });
    }
  };
  await Promise.all(Array.from({ length: plan.concurrency }, lane));
  await pool.end();
  return ids.length;
});

function question({ payload }: gmail_v1.Schema$Message): string {
  const header = (wanted: string) => payload?.headers?.find(({ name }) => name === wanted)?.value ?? '';
  return mailBlock({
    subject: header('Subject'),
    sender: header('From'),
    receivedAt: new Date().toISOString(),
    text: Buffer.from(payload?.body?.data ?? '', 'base64url').toString(),
    thread: [],
  } as unknown as Parameters<typeof mailBlock>[0]);
}
