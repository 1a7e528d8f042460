import { fillMailbox } from '../../../sandbox/demo/mailbox';
import { Inbrief } from '../../../sdk/src';
import { upstreamFetch } from '../../../src/kernel/resilience/upstream-fetch';
import { startTestApp, type TestApp } from '../../support/app';
import { joinAs, syncAndWait, welcomed } from '../../support/sdk-journey';

jest.mock('../../../src/kernel/resilience/upstream-fetch', () => {
  const wire = '../../../src/kernel/resilience/upstream-fetch';
  return { upstreamFetch: jest.fn(jest.requireActual<{ upstreamFetch: typeof fetch }>(wire).upstreamFetch) };
});

const first = `From: Bo <bo@example.org>\r\nSubject: Boat\r\nMessage-ID: <1@example.org>\r\n\r\nShall we sell the old boat to Kim for 900 EUR?\r\n`;
const reply = `From: Cy <cy@example.org>\r\nSubject: Re: Boat\r\nMessage-ID: <2@example.org>\r\nIn-Reply-To: <1@example.org>\r\nReferences: <1@example.org>\r\n\r\nYes, do that by Monday.\r\n`;
const other = `From: Di <di@example.org>\r\nSubject: Tea\r\nMessage-ID: <3@example.org>\r\n\r\nTea at five on Sunday.\r\n`;

describe('a reply', () => {
  let product: TestApp;
  beforeAll(async () => {
    product = await startTestApp();
  });
  afterAll(() => product.close());

  // Mutant: the earlier mails themselves, or the summaries of other threads, sent along.
  it('is summarised with the earlier summaries of its thread, and without the mails', async () => {
    const email = 'ada@example.com';
    const inbrief = new Inbrief({ baseUrl: product.url });
    const raw = (mail: string) => Buffer.from(mail);
    await fillMailbox(product.google.url, email, [
      { raw: raw(first), internalDate: Date.parse('2026-11-20T10:00:00Z') },
      { raw: raw(other), internalDate: Date.parse('2026-11-20T11:00:00Z') },
    ]);
    await joinAs(inbrief, { email, password: 'correct-horse-battery-staple' }, product.url);
    await welcomed(inbrief);
    await syncAndWait(inbrief);
    const [thread] = await product.sql<{ headline: string; summary: string }>(
      `update email_summaries set headline = 'Sell the boat?', summary = 'Bo wants to sell it.' where subject = 'Boat' returning headline, summary`,
    );
    expect(thread).toBeDefined();
    await product.google.app.inject({
      method: 'POST',
      url: `/__control/mailboxes/${email}/messages`,
      payload: [{ raw: raw(reply).toString('base64'), internalDate: Date.parse('2026-11-21T10:00:00Z') }],
    });
    const run = await syncAndWait(inbrief);
    expect(run.mails.done).toBe(1);
    const prompt = sentPrompts().find((text) => text.includes('Yes, do that by Monday')) ?? '';
    expect(prompt).toContain('"headline":"Sell the boat?","summary":"Bo wants to sell it."');
    expect(prompt).not.toContain('900 EUR');
    expect(prompt).not.toContain('Tea');
  });
});

/** What the model was asked, from the wire. */
function sentPrompts(): string[] {
  return jest.mocked(upstreamFetch).mock.calls.flatMap(([url, init]) => {
    if (typeof url !== 'string' || !url.endsWith('/v1/messages')) return [];
    const { messages } = JSON.parse(init?.body as string) as { messages: { content: string }[] };
    return messages.map(({ content }) => content);
  });
}
