import { anthropicEmulator } from '../../../sandbox/anthropic/anthropic-emulator';
import { type RunningEmulator, startEmulator } from '../../../sandbox/emulator/emulator';
import { testEnv } from '../../../test/support/env';
import { Metrics } from '../../kernel/observability/metrics';
import { AnthropicClient } from '../anthropic/anthropic.client';
import { costMicros } from './price-table';
import { Spending } from './spending';
import { Summariser } from './summariser';

const mail = {
  subject: 'Lunch on Friday',
  sender: 'Ada <ada@example.com>',
  receivedAt: '2026-11-20T10:00:00.000Z',
  text: 'Shall we have lunch on Friday at noon? Please bring the signed contract to Cafe Luna.',
  language: 'auto',
  thread: [],
};

describe('the summariser, through the real SDK', () => {
  let anthropic: RunningEmulator;
  let summariser: Summariser;
  beforeAll(async () => {
    anthropic = await startEmulator(anthropicEmulator());
    const env = testEnv('postgresql://nobody@127.0.0.1:1/none', { ANTHROPIC_BASE_URL: anthropic.url });
    summariser = new Summariser(env, new AnthropicClient(env, new Metrics()));
  });
  afterEach(() => anthropic.app.inject({ method: 'POST', url: '/__control/reset' }));
  afterAll(() => anthropic.close());

  const script = async (kind: string, times = 1): Promise<void> => {
    const answer = await anthropic.app.inject({
      method: 'POST',
      url: '/__control/answers',
      payload: { kind, times },
    });
    expect(answer.statusCode).toBe(201);
  };

  it('makes a summary, and tells what it took', async () => {
    const { summary, usage, costMicros: cost, model } = await summariser.summarise(mail, []);
    expect(summary.headline).not.toBe('');
    expect(summary.summary).toContain('lunch');
    expect(model).toContain('claude-haiku-5-5');
    expect(model).toContain('sandbox');
    expect(usage.output).toBeGreaterThan(0);
    expect(cost).toBeGreaterThan(0);
  });

  it('has the system prompt cached after the first mail', async () => {
    const first = await summariser.summarise(mail, []);
    const second = await summariser.summarise(mail, []);
    expect(first.usage.cacheWrite).toBeGreaterThan(512);
    expect(second.usage.cacheRead).toBe(first.usage.cacheWrite);
    expect(second.costMicros).toBeLessThan(first.costMicros);
  });

  it.each(['malformed', 'wrong-schema', 'empty', 'max_tokens'])(
    'repairs an answer that is %s once, and counts both calls',
    async (kind) => {
      const clean = await summariser.summarise(mail, []);
      await script(kind);
      const repaired = await summariser.summarise(mail, []);
      expect(repaired.summary).toEqual(clean.summary);
      expect(repaired.usage.input).toBeGreaterThan(clean.usage.input);
    },
  );

  it.each([
    ['refusal', 1, 'email.refused', false],
    ['max_tokens', 2, 'email.answer-cut', false],
    ['empty', 2, 'email.empty-answer', false],
    ['malformed', 2, 'email.malformed-answer', false],
    ['overloaded', 5, 'email.overloaded', true],
    ['rate_limit', 5, 'email.rate-limited', true],
    ['spend_limit', 5, 'email.spend-limit', true],
    ['server_error', 5, 'email.model-failed', true],
    ['invalid', 1, 'email.bad-request', false],
  ])('tells %s apart', async (kind, times, code, retryable) => {
    await script(kind, times);
    await expect(summariser.summarise(mail, [])).rejects.toMatchObject({ code, retryable });
  });

  it('asks the fallback model while the first is overloaded, at its own price', async () => {
    const env = testEnv('postgresql://nobody@127.0.0.1:1/none', {
      ANTHROPIC_BASE_URL: anthropic.url,
      ANTHROPIC_FALLBACK_MODEL: 'claude-sonnet-5-5',
      ANTHROPIC_EFFORT: 'low',
    });
    const steady = new Summariser(env, new AnthropicClient(env, new Metrics()));
    await script('overloaded', 2);
    const spending = new Spending();
    const { model, usage, costMicros: cost } = await steady.summarise(mail, [], spending);
    expect(model).toContain('claude-sonnet-5-5');
    expect(cost).toBe(costMicros('claude-sonnet-5-5', usage));
    expect(spending).toMatchObject({ answers: 1, costMicros: cost });
  });

  // Mutant: what an answer took forgotten because it was of no use.
  it('tells what useless answers took', async () => {
    await script('malformed', 2);
    const spending = new Spending();
    await expect(summariser.summarise(mail, [], spending)).rejects.toThrow();
    expect(spending.answers).toBe(2);
    expect(spending.costMicros).toBeGreaterThan(0);
  });
});
