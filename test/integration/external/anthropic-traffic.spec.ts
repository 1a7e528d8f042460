import { anthropicEmulator, type AnthropicEmulator } from '../../../sandbox/anthropic/anthropic-emulator';
import { control } from '../../../sandbox/anthropic/testing';
import { type RunningEmulator, startEmulator } from '../../../sandbox/emulator/emulator';
import { loadVendorSpec } from '../../../sandbox/emulator/vendor-spec';
import { type WatchedEmulator, watchTraffic } from '../../../sandbox/emulator/watch-traffic';
import { AnthropicBatches } from '../../../src/email/anthropic/anthropic-batches.client';
import { AnthropicClient } from '../../../src/email/anthropic/anthropic.client';
import { Summariser } from '../../../src/email/summariser/summariser';
import { Metrics } from '../../../src/kernel/observability/metrics';
import { testEnv } from '../../support/env';

const spec = loadVendorSpec('anthropic/openapi-2026-08.json');

const mail = {
  subject: 'Lunch on Friday',
  sender: 'Ada <ada@example.com>',
  receivedAt: '2026-11-20T10:00:00.000Z',
  text: 'Shall we have lunch on Friday at noon? Please bring the signed contract.',
  language: 'auto',
  thread: [{ receivedAt: '2026-11-19T10:00:00.000Z', sender: 'Bo', headline: 'Lunch?', summary: 'Bo asks.' }],
};

(spec ? describe : describe.skip)('what we send to Anthropic (skipped without ../shared/specs)', () => {
  let watched: WatchedEmulator<AnthropicEmulator>;
  let emulator: RunningEmulator;
  beforeAll(async () => {
    watched = watchTraffic(
      anthropicEmulator({ batchEndsAfterMs: 20 }),
      spec!,
      ({ url, body }) => body ?? Object.fromEntries(new URLSearchParams(url.split('?')[1])),
    );
    emulator = await startEmulator(watched.definition);
  });
  afterAll(() => emulator.close());

  const summariserOf = (overrides: Record<string, string>): Summariser => {
    const address = { ANTHROPIC_BASE_URL: emulator.url };
    const env = testEnv('postgresql://nobody@127.0.0.1:1/none', { ...address, ...overrides });
    return new Summariser(env, new AnthropicClient(env, new Metrics()));
  };

  it.each<Record<string, string>>([
    {},
    { ANTHROPIC_EFFORT: 'low' },
    { ANTHROPIC_MODEL: 'claude-sonnet-5-5', ANTHROPIC_EFFORT: 'max' },
    { ANTHROPIC_MODEL: 'claude-haiku-4-5-20251001', ANTHROPIC_EFFORT: 'high' },
    { ANTHROPIC_FALLBACK_MODEL: 'claude-haiku-4-5-20251001', ANTHROPIC_MAX_TOKENS: '500' },
  ])('fits its description, and so do the answers, with %j', async (settings) => {
    const summariser = summariserOf(settings);
    const before = watched.checked();
    for (const kind of [
      'none',
      'malformed',
      'wrong-schema',
      'empty',
      'max_tokens',
      'refusal',
      'overloaded',
      'rate_limit',
    ]) {
      await control(emulator, 'reset', {});
      if (kind !== 'none') await control(emulator, 'answers', { kind });
      const summary = summariser.summarise(mail, []);
      await (kind === 'refusal' ? expect(summary).rejects.toThrow('refused') : summary);
    }
    expect(watched.checked() - before).toBeGreaterThanOrEqual(12);
    expect(watched.faults).toEqual([]);
  });

  it('fits its description in a batch as well, from its submission to its end', async () => {
    await control(emulator, 'reset', {});
    const env = testEnv('postgresql://nobody@127.0.0.1:1/none', { ANTHROPIC_BASE_URL: emulator.url });
    const batches = new AnthropicBatches(env, new Metrics());
    const request = batches.requestOf(summariserOf({}).question(mail));
    const before = watched.checked();
    const id = await batches.submit([{ customId: 'a'.repeat(64), request }]);
    while (!(await batches.find(id))?.ended);
    expect(await batches.listSince(new Date(0))).toEqual([{ id, mails: 1, ended: true }]);
    for await (const result of batches.results(id))
      expect(result).toHaveProperty('answer.usage.cacheWriteHour');
    await batches.forget(id);
    expect(await batches.find(id)).toBeUndefined();
    const other = await batches.submit([{ customId: 'b'.repeat(64), request }]);
    await batches.cancel(other);
    expect(watched.checked() - before).toBeGreaterThanOrEqual(8);
    expect(watched.faults).toEqual([]);
  });

  // Mutant: a line without its custom_id, or with an error that is not the vendor's.
  it.each(['succeeded', 'errored', 'expired', 'canceled'])(
    'reads result lines of its description from a batch that is %s',
    async (outcome) => {
      await control(emulator, 'reset', {});
      await control(emulator, 'batches', { outcome, share: 1 });
      const env = testEnv('postgresql://nobody@127.0.0.1:1/none', { ANTHROPIC_BASE_URL: emulator.url });
      const batches = new AnthropicBatches(env, new Metrics());
      const request = batches.requestOf(summariserOf({}).question(mail));
      const customIds = ['c'.repeat(64), 'd'.repeat(64)];
      const id = await batches.submit(customIds.map((customId) => ({ customId, request })));
      while (!(await batches.find(id))?.ended);
      const before = watched.checked();
      const read: string[] = [];
      for await (const result of batches.results(id)) read.push(result.customId);
      expect(read.sort()).toEqual(customIds);
      // The batch is looked at first.
      expect(watched.checked() - before).toBe(1 + customIds.length);
      expect(watched.faults).toEqual([]);
    },
  );
});
