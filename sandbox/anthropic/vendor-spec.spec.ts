import type Anthropic from '@anthropic-ai/sdk';
import { type RunningEmulator, startEmulator } from '../emulator/emulator';
import { loadVendorSpec } from '../emulator/vendor-spec';
import { type WatchedEmulator, watchTraffic } from '../emulator/watch-traffic';
import { type AnthropicEmulator, anthropicEmulator } from './anthropic-emulator';
import { budgetMail, control, mailPrompt, sdkFor, summaryRequest } from './testing';

const spec = loadVendorSpec('anthropic/openapi-2026-08.json');

(spec ? describe : describe.skip)('the vendor description (skipped without ../shared/specs)', () => {
  let watched: WatchedEmulator<AnthropicEmulator>;
  let emulator: RunningEmulator;
  let client: Anthropic;
  const request = summaryRequest(mailPrompt(budgetMail));

  beforeAll(async () => {
    const query = (url: string) => Object.fromEntries(new URLSearchParams(url.split('?')[1]));
    watched = watchTraffic(
      anthropicEmulator({ batchEndsAfterMs: 60_000 }),
      spec!,
      ({ url, body }) => body ?? query(url),
    );
    emulator = await startEmulator(watched.definition);
    client = sdkFor(emulator);
  });
  afterEach(() => {
    expect(watched.faults).toEqual([]);
  });
  afterAll(() => emulator.close());

  it('fits messages of all kinds', async () => {
    await client.messages.create(request);
    await client.messages.create({ ...request, model: 'claude-haiku-4-5' });
    await client.messages.create({ ...request, thinking: { type: 'adaptive', display: 'summarized' } });
    await client.messages.create({ ...request, max_tokens: 50 });
    for (const kind of ['refusal', 'empty', 'malformed', 'obey'] as const) {
      await control(emulator, 'answers', { kind });
      await client.messages.create(request);
    }
    const { model, messages } = request;
    await client.messages.countTokens({ model, messages });
  });

  it('fits errors', async () => {
    for (const kind of ['rate_limit', 'spend_limit', 'invalid'] as const) {
      await control(emulator, 'answers', { kind });
      await expect(client.messages.create(request)).rejects.toThrow();
    }
    await control(emulator, 'reset', {});
    await expect(client.messages.create({ ...request, model: 'none' })).rejects.toThrow();
    await expect(client.models.retrieve('none')).rejects.toThrow();
  });

  it('fits models and batches', async () => {
    for await (const model of client.models.list({ limit: 2 })) await client.models.retrieve(model.id);
    const { batches } = client.messages;
    const { id } = await batches.create({ requests: [{ custom_id: 'a', params: request }] });
    await control(emulator, `batches/${id}/end`, {});
    await batches.retrieve(id);
    await batches.list({ limit: 1 });
    await batches.delete(id);
    const other = await batches.create({ requests: [{ custom_id: 'a', params: request }] });
    await batches.cancel(other.id);
    expect(watched.checked()).toBeGreaterThan(20);
  });
});
