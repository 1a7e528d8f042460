import { setTimeout as wait } from 'node:timers/promises';
import { testEnv } from '../../../test/support/env';
import { upstreamFetch } from '../../kernel/resilience/upstream-fetch';
import type { UpstreamOptions } from '../../kernel/resilience/upstream-options';
import type { QuotaBudget } from '../quota/quota-budget';
import { GmailBatch } from './gmail-batch';
import { GmailCalls } from './gmail-calls';
import { GmailClient } from './gmail-client';
import type { GoogleEndpoints } from './google-endpoints';
import { GoogleUpstream } from './google-upstream';

jest.mock('../../kernel/resilience/upstream-fetch', () => ({ upstreamFetch: jest.fn() }));
jest.mock('node:timers/promises', () => ({ setTimeout: jest.fn(() => Promise.resolve()) }));

class OneAttempt extends GoogleUpstream {
  protected override limited(options: UpstreamOptions): UpstreamOptions {
    return { ...options, attempts: 1 };
  }
}

interface Part {
  status: number;
  body?: unknown;
  retryAfter?: number;
}
const gone: Part = { status: 404 };
const throttled: Part = { status: 429 };
const found = (id: string): Part => ({ status: 200, body: { id } });

function batchAnswer(parts: Record<string, Part>): Response {
  const texts = Object.entries(parts).map(([id, { status, body, retryAfter }]) => {
    const header = retryAfter === undefined ? '' : `Retry-After: ${retryAfter}\r\n`;
    return `--b\r\nContent-ID: <response-m-${id}>\r\n\r\nHTTP/1.1 ${status} X\r\n${header}\r\n${JSON.stringify(body ?? {})}\r\n`;
  });
  return new Response(`${texts.join('')}--b--`, {
    headers: { 'content-type': 'multipart/mixed; boundary=b' },
  });
}

/** The batch in front of a Google that gives these answers in turn, the last one again and again. */
function google(...answers: (() => Response)[]) {
  let next = 0;
  const fetched = jest.mocked(upstreamFetch).mockImplementation(() => {
    const answer = answers[Math.min(next++, answers.length - 1)];
    return answer ? Promise.resolve(answer()) : Promise.reject(new Error('no answer'));
  });
  const quota = { take: () => Promise.resolve(), charge: () => Promise.resolve(), pause: jest.fn() };
  const env = testEnv('postgresql://nobody@127.0.0.1:1/none');
  const calls = new GmailCalls(env, quota as unknown as QuotaBudget, new OneAttempt());
  const endpoints = {
    apiRoot: 'http://127.0.0.1:9/',
    batchUrl: 'http://127.0.0.1:9/batch',
  } as unknown as GoogleEndpoints;
  const batch = new GmailBatch(endpoints, calls, new GmailClient(endpoints, calls));
  const refused = jest.fn().mockResolvedValue(undefined);
  const box = { mailbox: 'u', accessToken: () => Promise.resolve('token'), refused };
  const read = async (...ids: string[]) => [...(await batch.messageFacts(box, ids)).keys()];
  const whole = async (...ids: string[]) => [...(await batch.messages(box, ids)).keys()];
  return { fetched, refused, read, whole };
}
const json = (status: number, body: unknown) => () =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

afterEach(() => {
  jest.mocked(upstreamFetch).mockReset();
  jest.mocked(wait).mockClear();
});

describe('a batch of messages', () => {
  it('asks for nothing when nothing is asked', async () => {
    const { read, fetched } = google();
    expect(await read()).toEqual([]);
    expect(fetched).not.toHaveBeenCalled();
  });

  it('leaves out what is gone', async () => {
    const { read } = google(() => batchAnswer({ a: found('a'), b: gone }));
    expect(await read('a', 'b')).toEqual(['a']);
    expect(wait).not.toHaveBeenCalled();
  });

  // Mutant: parts matched by position, where one that is missing shifts all others.
  it('asks again, after a pause, for what failed or was not answered, and for no more', async () => {
    const { read, fetched } = google(
      () => batchAnswer({ c: found('c'), b: throttled }),
      () => batchAnswer({ a: found('a'), b: found('b') }),
    );
    expect((await read('a', 'b', 'c')).sort()).toEqual(['a', 'b', 'c']);
    const again = fetched.mock.calls[1]?.[1]?.body;
    expect(again).toEqual(expect.stringMatching(/<m-a>[^]*<m-b>/));
    expect(again).not.toEqual(expect.stringContaining('<m-c>'));
    expect(wait).toHaveBeenCalledTimes(1);
  });

  it('waits as long as Google asks, within reason', async () => {
    const { read } = google(
      () => batchAnswer({ a: { status: 429, retryAfter: 4 } }),
      () => batchAnswer({ a: { status: 503, retryAfter: 4_000 } }),
      () => batchAnswer({ a: found('a') }),
    );
    await read('a');
    const [first = 0, second = 0] = jest.mocked(wait).mock.calls.map(([ms]) => ms);
    expect(first / 4_000).toBeCloseTo(1, 0);
    expect(second / 30_000).toBeCloseTo(1, 0);
  });

  it('asks again for everything after an answer that cannot be read', async () => {
    const { read } = google(
      () => new Response(new TextEncoder().encode('odd')),
      () => batchAnswer({ a: found('a') }),
    );
    expect(await read('a')).toEqual(['a']);
  });

  it('takes another token where a part was refused for its token', async () => {
    const { read, refused } = google(
      () => batchAnswer({ a: { status: 401 } }),
      () => batchAnswer({ a: found('a') }),
    );
    expect(await read('a')).toEqual(['a']);
    expect(refused).toHaveBeenCalledWith('token');
  });

  it('fails at once with a part that will never work', async () => {
    const { read, fetched } = google(() => batchAnswer({ a: { status: 400 } }));
    await expect(read('a')).rejects.toMatchObject({ code: 'gmail.request-refused' });
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it('fails after eight rounds', async () => {
    const { read, fetched } = google(() => batchAnswer({ a: throttled }));
    await expect(read('a')).rejects.toMatchObject({ code: 'gmail.rate-limited' });
    expect(fetched).toHaveBeenCalledTimes(8);
  });

  it('fails as its request does', async () => {
    await expect(google(json(400, {})).read('a')).rejects.toMatchObject({ code: 'gmail.request-refused' });
  });
});

describe('a server without a batch endpoint', () => {
  it('is asked for each message alone', async () => {
    const { read, fetched } = google(json(404, {}), json(200, { id: 'a' }), json(404, {}));
    expect(await read('a', 'b')).toEqual(['a']);
    expect(fetched).toHaveBeenCalledTimes(3);
  });

  it('may fail', async () => {
    const { read } = google(json(404, {}), json(400, {}));
    await expect(read('a')).rejects.toMatchObject({ code: 'gmail.request-refused' });
  });
});

describe('a batch of whole messages', () => {
  // Mutant: a part taken for a message whatever its status.
  it.each([
    ['is gone', gone],
    ['was refused for now', throttled],
    ['was refused for its token', { status: 401 }],
    ['was refused for good', { status: 400 }],
  ])('answers what it brought, and nothing of what %s', async (_what, part) => {
    const { whole, fetched } = google(() => batchAnswer({ a: found('a'), b: part }));
    expect(await whole('a', 'b', 'not answered')).toEqual(['a']);
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it('asks in parts that a mailbox has the units for', async () => {
    const { whole, fetched } = google(() => batchAnswer({}));
    await whole(...Array.from({ length: 30 }, (_, n) => `m${n}`));
    const sizes = fetched.mock.calls.map(([, init]) => (init?.body as string).match(/^GET /gm)?.length);
    expect(sizes).toEqual([12, 12, 6]);
  });

  // Mutant: a server without a batch endpoint taken for a failure of each mail; none of its mails would ever be read.
  it('brings nothing where there are no batches', async () => {
    const { whole } = google(json(404, {}));
    expect(await whole('a', 'b')).toEqual([]);
  });

  it('says so when there is no answer to it', async () => {
    const { whole } = google(json(500, {}));
    await expect(whole('a', 'b')).rejects.toMatchObject({ kind: 'unavailable' });
  });
});
